// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEVICETREE_BINDINGS_HPP
#define DEVLINK_SOURCE_DEVICETREE_BINDINGS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace devlink::source {

/// How a property names its node's suppliers.
enum class binding_shape : std::uint8_t {
    none,            ///< it doesn't
    list,            ///< phandles, each followed by as many arguments as its node says
    every_fourth,    ///< rows of four cells, the second one a phandle
    remote_endpoint, ///< one phandle, of an endpoint of the supplier
    interrupts,      ///< through the interrupt tree
    interrupt_map,   ///< the parents in the rows of a map
};

/// What fw_devlink makes of the suppliers in a property.
enum class binding_strength : std::uint8_t {
    mandatory,
    optional,  ///< Linux leaves these out, unless fw_devlink.strict=1
    post_init, ///< `post-init-providers`: not waited for, but tells cycles where to break
};

/// A kind of supplier property.
struct supplier_binding {
    binding_shape shape = binding_shape::none;
    binding_strength strength = binding_strength::mandatory;
    bool cells_needed = false;    ///< list: a supplier without `cells_property` ends the list; else it has no arguments
    bool unless_gpio_hog = false; ///< says nothing in a node that has `gpio-hog`
    std::string_view cells_property; ///< list: the supplier's property with the number of arguments; empty: none
};

struct named_supplier_binding {
    std::string_view name;
    supplier_binding binding;
};

/// Properties known by their whole name. Source: of_supplier_bindings, Linux 6.12.
inline constexpr auto supplier_bindings = [] {
    using enum binding_shape;
    using enum binding_strength;
    const auto phandles = [](std::string_view name, std::string_view cells, binding_strength strength = mandatory) {
        return named_supplier_binding{name, {binding_shape::list, strength, false, false, cells}};
    };
    const auto shaped = [](std::string_view name, binding_shape shape, binding_strength strength = mandatory) {
        return named_supplier_binding{name, {shape, strength, false, false, {}}};
    };
    const auto gpio = [](std::string_view name) {
        return named_supplier_binding{name, {binding_shape::list, mandatory, true, true, "#gpio-cells"}};
    };
    return std::array{
        phandles("clocks", "#clock-cells"),
        phandles("interconnects", "#interconnect-cells"),
        phandles("iommus", "#iommu-cells", optional),
        shaped("iommu-map", every_fourth, optional),
        phandles("mboxes", "#mbox-cells"),
        phandles("io-channels", "#io-channel-cells"),
        phandles("io-backends", "#io-backend-cells"),
        phandles("dmas", "#dma-cells", optional),
        phandles("power-domains", "#power-domain-cells"),
        phandles("hwlocks", "#hwlock-cells"),
        phandles("extcon", {}),
        phandles("nvmem-cells", "#nvmem-cell-cells"),
        phandles("phys", "#phy-cells"),
        phandles("wakeup-parent", {}),
        phandles("pinctrl-0", {}),
        phandles("pinctrl-1", {}),
        phandles("pinctrl-2", {}),
        phandles("pinctrl-3", {}),
        phandles("pinctrl-4", {}),
        phandles("pinctrl-5", {}),
        phandles("pinctrl-6", {}),
        phandles("pinctrl-7", {}),
        phandles("pinctrl-8", {}),
        shaped("remote-endpoint", remote_endpoint),
        phandles("pwms", "#pwm-cells"),
        phandles("resets", "#reset-cells"),
        phandles("leds", {}),
        phandles("backlight", {}),
        phandles("panel", {}),
        phandles("msi-parent", "#msi-cells"),
        phandles("pses", "#pse-cells"),
        phandles("power-supplies", {}),
        gpio("gpio"),
        gpio("gpios"),
        shaped("interrupts", interrupts),
        shaped("interrupts-extended", interrupts),
        shaped("interrupt-map", interrupt_map),
        phandles("access-controllers", "#access-controller-cells"),
        phandles("post-init-providers", {}, post_init),
    };
}();

/// The same names by their lengths: most properties have a length that only few of these have, or none.
struct supplier_binding_index {
    static constexpr std::size_t longest = 24;

    std::array<std::uint8_t, longest + 2> first{}; ///< by length: where its entries in `entries` begin
    std::array<std::uint8_t, supplier_bindings.size()> entries{};

    constexpr supplier_binding_index() {
        std::size_t count = 0;
        for (std::size_t length = 0; length <= longest; ++length) {
            first[length] = static_cast<std::uint8_t>(count);
            for (std::size_t i = 0; i < supplier_bindings.size(); ++i)
                if (supplier_bindings[i].name.size() == length) entries[count++] = static_cast<std::uint8_t>(i);
        }
        first[longest + 1] = static_cast<std::uint8_t>(count);
    }
};
inline constexpr supplier_binding_index supplier_bindings_by_length;
static_assert(supplier_bindings_by_length.first.back() == supplier_bindings.size(), "devlink: a name is too long");

/// What a property of that name says about suppliers; `shape` is none if nothing. Constant time, no allocation.
/// Source: of_supplier_bindings; parse_gpios() for the suffixes.
[[nodiscard]] constexpr supplier_binding supplier_binding_of(std::string_view property) noexcept {
    const auto ends_in = [&](std::string_view suffix) {
        return property.size() > suffix.size() && property.ends_with(suffix);
    };
    constexpr const supplier_binding_index& index = supplier_bindings_by_length;
    if (property.size() <= supplier_binding_index::longest)
        for (std::size_t i = index.first[property.size()]; i < index.first[property.size() + 1]; ++i)
            if (const named_supplier_binding& known = supplier_bindings[index.entries[i]]; known.name == property)
                return known.binding;
    if (ends_in("-supply")) return {binding_shape::list, binding_strength::mandatory, false, false, {}};
    if (ends_in("-gpio") || (ends_in("-gpios") && !ends_in(",nr-gpios")))
        return {binding_shape::list, binding_strength::mandatory, true, false, "#gpio-cells"};
    return {};
}

} // namespace devlink::source

#endif
