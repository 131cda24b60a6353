// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "source/blob_builder.hpp"
#include "tool/run_tool.hpp"

namespace {

// Bad input: one line on standard error, printable, exit status 2, no answer.
std::string error_of(const tool_bench& bench, const std::string& arguments) {
    const tool_run run = bench(arguments);
    CHECK(run.status == 2);
    CHECK(run.out == "");
    REQUIRE(run.error.ends_with('\n'));
    CHECK(run.error.size() < 500);
    for (const char c : run.error.substr(0, run.error.size() - 1)) CHECK((c >= 0x20 && c <= 0x7e));
    REQUIRE(run.error.starts_with("devlink-resolve: "));
    return run.error.substr(17, run.error.size() - 18);
}

TEST_CASE("bad_input: files that are no input") {
    const tool_bench bench;
    const temporary_tree& files = bench.files();
    CHECK(error_of(bench, "order missing") == "missing: No such file or directory");
    files.file("empty", "");
    CHECK(error_of(bench, "order empty") == "empty:1:1: no scenario: the file has no statement");
    files.file("binary", std::string("\x7f"
                                     "ELF\0\x01\x02\xff",
                                     8));
    CHECK(error_of(bench, "order binary") == "binary:1:1: unknown statement '\\x7fELF\\x00\\x01\\x02\\xff'");
    files.file("long", std::string(10'000'000, 'a'));
    CHECK(error_of(bench, "order long") == "long:1:1: the line is longer than 65536 bytes");
    std::string twice = "scenario x\n";
    for (int i = 0; i < 1'000'000; ++i) twice += "device d\n";
    files.file("twice", twice);
    CHECK(error_of(bench, "links twice") == "twice:3:8: device 'd' is registered already, on line 2");
    files.file("flags", "scenario x\ndevice d\ndevice s\nlink d s fast\n");
    CHECK(error_of(bench, "cycles flags") == "flags:4:10: unknown flag 'fast'");
    files.file("nobody", "scenario x\ndevice d\nlink d nobody\n");
    CHECK(error_of(bench, "order nobody") == "nobody:3: the supplier 'nobody' is not a device of this scenario");
    files.folder("folder");
    CHECK(error_of(bench, "order folder") ==
          "folder: not laid out like /sys: there is neither class/devlink nor bus/pci/devices");
    files.file("blob", "\xd0\x0d\xfe\xed");
    CHECK(error_of(bench, "order blob").starts_with("blob: "));
    files.file("evil", "scenario x\n\x1b[2J\n");
    CHECK(error_of(bench, "order evil") == "evil:2:1: unknown statement '\\x1b[2J'");
}

TEST_CASE("bad_input: devices and links that the input does not have") {
    const tool_bench bench;
    bench.files().file("phone.dls", std::string(small_phone));
    CHECK(error_of(bench, "why phone.dls gpu") == "no device 'gpu' in phone");
    CHECK(error_of(bench, "why phone.dls reg") == "no device 'reg' in phone; there is 'regulator'");
    CHECK(error_of(bench, "why phone.dls l") == "no device 'l' in phone; there is 'clock', 'led', 'panel', and more");
    CHECK(error_of(bench, "why phone.dls ''") == "no device '' in phone");
    CHECK(error_of(bench, "whatif phone.dls clock gpu") == "no device 'gpu' in phone");
    CHECK(error_of(bench, "needs phone.dls gpu") == "no device 'gpu' in phone");
    for (const char* option : {"--fail", "--absent", "--defer"})
        CHECK(error_of(bench, std::string("order phone.dls ") + option + " gpu") == "no device 'gpu' in phone");
    CHECK(error_of(bench, "order phone.dls --optional gpu=clock") == "no device 'gpu' in phone");
    CHECK(error_of(bench, "order phone.dls --optional clock=gpu") == "no device 'gpu' in phone");
    CHECK(error_of(bench, "order phone.dls --optional clock") == "--optional needs CONSUMER=SUPPLIER, not 'clock'");
    CHECK(error_of(bench, "order phone.dls --optional clock=wifi") == "no link from 'clock' to 'wifi'");
    CHECK(error_of(bench, "order phone.dls --optional regulator=clock") ==
          "the link from 'regulator' to 'clock' holds nothing back");
}

TEST_CASE("bad_input: a tree that does not name its model is called by its path") {
    const tool_bench bench;
    devlink::test::blob_builder builder;
    builder.cells("#address-cells", {1}).cells("#size-cells", {1});
    builder.node("uart@4000").text("compatible", "v,uart").cells("reg", {0x4000, 16}).end();
    const devlink::test::blob made = builder.finish();
    bench.files().file("board.dtb", {reinterpret_cast<const char*>(made.data()), made.size()});
    CHECK(error_of(bench, "why board.dtb uart@5000") == "no device 'uart@5000' in board.dtb");
    CHECK(error_of(bench, "why board.dtb uart") == "no device 'uart' in board.dtb; there is '/uart@4000'");
    CHECK(error_of(bench, "why - uart@5000 <board.dtb") == "no device 'uart@5000' in standard input");
    CHECK(bench.answer("order board.dtb").starts_with("board.dtb\n"));
}

TEST_CASE("bad_input: an answer that can't be written") {
    const tool_bench bench;
    bench.files().file("phone.dls", std::string(small_phone));
    const tool_run run = bench("order phone.dls", "", "/dev/full");
    CHECK(run.status == 2);
    CHECK(run.error == "devlink-resolve: the answer can't be written: No space left on device\n");
}

} // namespace
