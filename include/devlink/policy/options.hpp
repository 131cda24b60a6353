// SPDX-License-Identifier: MIT
#ifndef DEVLINK_POLICY_OPTIONS_HPP
#define DEVLINK_POLICY_OPTIONS_HPP

#include <cstdint>
#include <string_view>

#include <devlink/fwd.hpp>

namespace devlink {

/// In which order ready devices are probed. All rules are deterministic; ties go to the device registered first.
enum class order_rule : std::uint8_t {
    on_demand,    ///< registration order, each device preceded by its suppliers in the order of its links, depth first
    registration, ///< of the ready devices always the one registered first
    kernel,       ///< as Linux binds them at boot: once in registration order, then the deferral queue
    breadth,      ///< waves that may probe in parallel, each in registration order
    longest_path_first, ///< of the ready devices the one with the most expensive chain of consumers still to come
};

[[nodiscard]] constexpr std::string_view to_string(order_rule rule) noexcept {
    switch (rule) {
    case order_rule::on_demand:
        return "on_demand";
    case order_rule::registration:
        return "registration";
    case order_rule::kernel:
        return "kernel";
    case order_rule::breadth:
        return "breadth";
    case order_rule::longest_path_first:
        return "longest_path_first";
    }
    return {};
}

/// What becomes of a cycle of links that hold probes back.
enum class cycle_rule : std::uint8_t {
    report,         ///< nothing: who is on it, or behind it, is not probed
    relax_inferred, ///< inferred links on it stop holding anything back, as fw_devlink does it
    relax_optional, ///< optional links on it do, and inferred ones where that is not enough
};

[[nodiscard]] constexpr std::string_view to_string(cycle_rule rule) noexcept {
    switch (rule) {
    case cycle_rule::report:
        return "report";
    case cycle_rule::relax_inferred:
        return "relax_inferred";
    case cycle_rule::relax_optional:
        return "relax_optional";
    }
    return {};
}

/// What a device without a driver counts as.
enum class driverless_rule : std::uint8_t {
    fails, ///< no driver will come any more: it is failed for good, its optional consumers go on without it
    waits, ///< a driver may still come: its consumers wait, unless a supplier of its own dooms it
};

[[nodiscard]] constexpr std::string_view to_string(driverless_rule rule) noexcept {
    return rule == driverless_rule::fails ? "fails" : "waits";
}

/// Whether the kernel's misbehaviour is reproduced. Each quirk has a paragraph in the header that holds it.
enum class quirk_rule : std::uint8_t {
    kernel,   ///< yes; what would hang the kernel is an error value
    repaired, ///< no, the evidently meant thing is done
};

[[nodiscard]] constexpr std::string_view to_string(quirk_rule rule) noexcept {
    return rule == quirk_rule::kernel ? "kernel" : "repaired";
}

/// What happens to a consumer that is bound without an optional supplier when that supplier binds after all. Source:
/// extension, rule R4.
enum class late_supplier_rule : std::uint8_t {
    keep,    ///< nothing until the consumer unbinds
    reprobe, ///< the consumer is unbound and probes again, now with its supplier
    notify,  ///< as keep, and the host is told
};

[[nodiscard]] constexpr std::string_view to_string(late_supplier_rule rule) noexcept {
    switch (rule) {
    case late_supplier_rule::keep:
        return "keep";
    case late_supplier_rule::reprobe:
        return "reprobe";
    case late_supplier_rule::notify:
        return "notify";
    }
    return {};
}

/// Whether the optional-supplier extension is there at all.
enum class extension_rule : std::uint8_t {
    optional_supplier, ///< yes
    none,              ///< no: `optional_supplier` is an unknown flag, as for today's kernel
};

[[nodiscard]] constexpr std::string_view to_string(extension_rule rule) noexcept {
    return rule == extension_rule::optional_supplier ? "optional_supplier" : "none";
}

/// Everything that is chosen at compile time, as one value:
/// `devlink::resolve<devlink::options{.order = devlink::order_rule::breadth}>(g)`.
/// Clang before version 17 does not take it without the name of the type.
struct options {
    order_rule order = order_rule::on_demand;
    cycle_rule cycles = cycle_rule::relax_inferred;
    driverless_rule driverless = driverless_rule::fails;
    quirk_rule quirks = quirk_rule::kernel;
    late_supplier_rule late_supplier = late_supplier_rule::keep;
    extension_rule extension = extension_rule::optional_supplier;

    friend constexpr bool operator==(const options&, const options&) = default;
};

/// What is senseless about a combination of options.
enum class options_fault : std::uint8_t {
    none,
    relax_optional_without_extension,
    late_supplier_without_extension,
    kernel_order_with_relax_optional,
};

/// Whether the options go together, and if not why. Constant time.
[[nodiscard]] constexpr options_fault check_options(options chosen) {
    if (chosen.extension == extension_rule::none) {
        if (chosen.cycles == cycle_rule::relax_optional) return options_fault::relax_optional_without_extension;
        if (chosen.late_supplier != late_supplier_rule::keep) return options_fault::late_supplier_without_extension;
    }
    if (chosen.order == order_rule::kernel && chosen.cycles == cycle_rule::relax_optional)
        return options_fault::kernel_order_with_relax_optional;
    return options_fault::none;
}

/// Stops the compilation with a sentence if the options don't go together.
template <options O>
struct valid_options {
    static_assert(check_options(O) != options_fault::relax_optional_without_extension,
                  "devlink: cycle_rule::relax_optional needs extension_rule::optional_supplier: without it no link is "
                  "optional; use cycle_rule::relax_inferred or report");
    static_assert(check_options(O) != options_fault::late_supplier_without_extension,
                  "devlink: late_supplier_rule::reprobe and notify need extension_rule::optional_supplier: without it "
                  "no consumer is ever bound without its supplier");
    static_assert(check_options(O) != options_fault::kernel_order_with_relax_optional,
                  "devlink: order_rule::kernel is the order of a kernel that relaxes inferred links only; "
                  "use cycle_rule::relax_inferred or report with it");
    static constexpr bool value = check_options(O) == options_fault::none;
};

} // namespace devlink

#endif
