// SPDX-License-Identifier: MIT
#include <devlink/source/sysfs_tree.hpp>

#include <doctest/doctest.h>

#include <sys/stat.h>

#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "temporary_tree.hpp"

namespace {

using devlink::source::sysfs_tree;

TEST_CASE("sysfs_tree: where links point to") {
    const temporary_tree files;
    files.symlink("class/devlink/a--b", "../../devices/virtual/devlink/a--b");
    files.symlink("class/devlink/self", ".");
    files.symlink("class/devlink/root", "../..");
    files.file("class/devlink/text", "../../devices/platform/soc\nmore");
    files.symlink("class/devlink/absolute", "/sys/devices/platform/x:y");
    files.symlink("class/devlink/outside", "../../../../nowhere");
    files.symlink("class/devlink/slash", "../../devices/platform/");
    files.file("class/devlink/empty", "");
    files.symlink("class/devlink/own", (files.root() / "devices/here").string());
    for (const std::string& root :
         {files.root().string(), files.root().string() + "/", files.root().string() + "/./"}) {
        CAPTURE(root);
        const sysfs_tree tree(root);
        CHECK(tree.root() == files.root());
        CHECK(tree.target("class/devlink/a--b") == "devices/virtual/devlink/a--b");
        CHECK(tree.target("class/devlink/self") == "class/devlink");
        CHECK(tree.target("class/devlink/root") == std::nullopt);
        CHECK(tree.target("class/devlink/text") == "devices/platform/soc");
        CHECK(tree.target("class/devlink/absolute") == "devices/platform/x:y");
        CHECK(tree.target("class/devlink/outside") == std::nullopt);
        CHECK(tree.target("class/devlink/slash") == "devices/platform");
        CHECK(tree.target("class/devlink/empty") == std::nullopt);
        CHECK(tree.target("class/devlink/own") == "devices/here");
        CHECK(tree.target("class/devlink/missing") == std::nullopt);
        CHECK(tree.target("class/devlink") == std::nullopt);
        CHECK(tree.exists("class/devlink/outside"));
        CHECK_FALSE(tree.exists("class/devlink/missing"));
    }
}

TEST_CASE("sysfs_tree: names and attributes") {
    const temporary_tree files;
    files.file("d/b", "1\n");
    files.file("d/a", "one two\nthree\n");
    files.file("d/c", std::string(100'000, 'x'));
    files.file("d/e", "");
    files.symlink("d/dangling", "nowhere");
    files.symlink("d/device", "/dev/zero");
    files.symlink("d/link", "a");
    REQUIRE(::mkfifo((files.root() / "d/fifo").c_str(), 0600) == 0);
    const sysfs_tree tree(files.root());
    std::error_code error;
    CHECK(tree.names("d", error) == std::vector<std::string>{"a", "b", "c", "dangling", "device", "e", "fifo", "link"});
    CHECK_FALSE(error);
    CHECK(tree.names("missing", error).empty());
    CHECK(error);
    CHECK(tree.has_folder("d"));
    CHECK_FALSE(tree.has_folder("d/a"));
    CHECK_FALSE(tree.has_folder("missing"));
    CHECK(tree.attribute("d/a") == "one two");
    CHECK(tree.attribute("d/b") == "1");
    CHECK(tree.attribute("d/e") == "");
    CHECK(tree.attribute("d/c") == std::string(sysfs_tree::longest_attribute, 'x'));
    for (const char* none : {"d", "d/missing", "d/dangling", "d/device", "d/fifo", "d/link"}) {
        CAPTURE(none);
        CHECK(tree.attribute(none) == std::nullopt);
    }
}

} // namespace
