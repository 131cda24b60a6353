// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <devlink/source/devicetree_options.hpp>

using namespace devlink::source;

TEST_CASE("by default names are paths, optional bindings optional, and nothing is set up early") {
    constexpr devicetree_options options;
    static_assert(options.naming == device_naming::path);
    static_assert(options.optional_bindings == optional_binding_rule::optional_supplier);
    CHECK(options.initialised.empty());
}
