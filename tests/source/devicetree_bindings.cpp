// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <set>
#include <string_view>

#include <devlink/source/devicetree_bindings.hpp>

using namespace devlink::source;

TEST_CASE("names are known once, and none by a suffix too") {
    std::set<std::string_view> names;
    for (const named_supplier_binding& known : supplier_bindings) {
        CAPTURE(known.name);
        CHECK(names.insert(known.name).second);
        CHECK(supplier_binding_of(known.name).shape == known.binding.shape);
        CHECK_FALSE(known.name.ends_with("-supply"));
        CHECK_FALSE(known.name.ends_with("-gpios"));
    }
    CHECK(names.size() == 39);
}

TEST_CASE("lists take their number of arguments from the supplier") {
    CHECK(supplier_binding_of("clocks").cells_property == "#clock-cells");
    CHECK_FALSE(supplier_binding_of("clocks").cells_needed);
    CHECK(supplier_binding_of("nvmem-cells").cells_property == "#nvmem-cell-cells");
    CHECK(supplier_binding_of("pinctrl-8").cells_property.empty());
    CHECK(supplier_binding_of("gpios").cells_needed);
    CHECK(supplier_binding_of("gpios").unless_gpio_hog);
    CHECK(supplier_binding_of("reset-gpios").cells_needed);
    CHECK_FALSE(supplier_binding_of("reset-gpios").unless_gpio_hog);
}

TEST_CASE("which bindings are optional, and which are not waited for") {
    for (const named_supplier_binding& known : supplier_bindings) {
        CAPTURE(known.name);
        const bool optional = known.name == "iommus" || known.name == "iommu-map" || known.name == "dmas";
        CHECK((known.binding.strength == binding_strength::optional) == optional);
        CHECK((known.binding.strength == binding_strength::post_init) == (known.name == "post-init-providers"));
    }
}

TEST_CASE("suffixes count behind something") {
    const auto is_binding = [](std::string_view name) {
        return supplier_binding_of(name).shape != binding_shape::none;
    };
    CHECK(is_binding("vcc-supply"));
    CHECK_FALSE(is_binding("-supply"));
    CHECK_FALSE(is_binding("vcc-supply-x"));
    CHECK(is_binding("cs-gpio"));
    CHECK_FALSE(is_binding("-gpio"));
    CHECK(is_binding("cs-gpios"));
    CHECK_FALSE(is_binding("-gpios"));
    CHECK_FALSE(is_binding("snps,nr-gpios"));
    CHECK(is_binding(",nr-gpios"));
    CHECK(is_binding("nr-gpios"));
}

TEST_CASE("what looks like a supplier and is none") {
    for (const std::string_view name :
         {"assigned-clocks", "interrupt-parent", "memory-region", "iommu-parent", "nvmem", "phy-handle", "sound-dai",
          "thermal-sensors", "cooling-device", "syscon", "pinctrl-9", "pinctrl-10", "pinctrl-", "pinctrl-names",
          "clock", "Clocks", "clocks ", "reg", ""}) {
        CAPTURE(name);
        CHECK(supplier_binding_of(name).shape == binding_shape::none);
    }
}
