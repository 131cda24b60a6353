// SPDX-License-Identifier: MIT
#include <devlink/sink/names.hpp>

#include <doctest/doctest.h>

namespace {

using devlink::device_id;
using devlink::link_flag;

TEST_CASE("names: flags in the order of their bits") {
    CHECK(devlink::sink::to_text({}) == "-");
    CHECK(devlink::sink::to_text(link_flag::managed) == "managed");
    CHECK(devlink::sink::to_text(link_flag::optional_supplier | link_flag::stateless | link_flag::inferred) ==
          "stateless+inferred+optional_supplier");
}

TEST_CASE("names: devices with a name, without one, and none") {
    devlink::graph g;
    g.add_device("pmic");
    g.add_device("");
    CHECK(devlink::sink::name_of(g, device_id{0}) == "pmic");
    CHECK(devlink::sink::name_of(g, device_id{1}) == "#1");
    CHECK(devlink::sink::name_of(g, device_id{}) == "-");
    devlink::basic_graph<devlink::graph_policy<std::uint32_t, devlink::no_names>> nameless;
    nameless.add_device();
    CHECK(devlink::sink::name_of(nameless, device_id{0}) == "#0");
}

} // namespace
