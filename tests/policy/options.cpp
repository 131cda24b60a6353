// SPDX-License-Identifier: MIT
#include <devlink/policy/options.hpp>

#include <doctest/doctest.h>

#include <array>

using namespace devlink;

namespace {

constexpr std::array orders{order_rule::on_demand, order_rule::registration, order_rule::kernel, order_rule::breadth,
                            order_rule::longest_path_first};
constexpr std::array cycles{cycle_rule::report, cycle_rule::relax_inferred, cycle_rule::relax_optional};
constexpr std::array late{late_supplier_rule::keep, late_supplier_rule::reprobe, late_supplier_rule::notify};
constexpr std::array extensions{extension_rule::optional_supplier, extension_rule::none};

/// Counts the combinations that go together.
constexpr int valid_combinations() {
    int count = 0;
    for (const auto order : orders)
        for (const auto cycle : cycles)
            for (const auto late_supplier : late)
                for (const auto extension : extensions)
                    if (check_options({.order = order,
                                       .cycles = cycle,
                                       .late_supplier = late_supplier,
                                       .extension = extension}) == options_fault::none)
                        ++count;
    return count;
}

template <options O>
struct carries {
    static constexpr options value = O;
};

} // namespace

TEST_CASE("options: which combinations go together, at compile time and at run time") {
    // With the extension 5 orders, 3 cycle rules and 3 late rules, less kernel with relax_optional (3);
    // without it relax_optional and the late rules are gone: 5 orders, 2 cycle rules.
    static_assert(valid_combinations() == 5 * 3 * 3 - 3 + 5 * 2);
    CHECK(valid_combinations() == 52);
}

TEST_CASE("options: what is wrong is said, the missing extension first") {
    static_assert(check_options({}) == options_fault::none);
    CHECK(check_options({.order = order_rule::kernel, .cycles = cycle_rule::relax_optional}) ==
          options_fault::kernel_order_with_relax_optional);
    CHECK(check_options({.cycles = cycle_rule::relax_optional, .extension = extension_rule::none}) ==
          options_fault::relax_optional_without_extension);
    CHECK(check_options({.late_supplier = late_supplier_rule::notify, .extension = extension_rule::none}) ==
          options_fault::late_supplier_without_extension);
    CHECK(check_options({.order = order_rule::kernel,
                         .cycles = cycle_rule::relax_optional,
                         .late_supplier = late_supplier_rule::reprobe,
                         .extension = extension_rule::none}) == options_fault::relax_optional_without_extension);
}

TEST_CASE("options: one structural value, a few bytes, and equal if all is") {
    static_assert(sizeof(options) == 6);
    static_assert(carries<options{.order = order_rule::breadth}>::value.order == order_rule::breadth);
    static_assert(valid_options<options{}>::value);
    CHECK(options{} == options{.order = order_rule::on_demand});
    CHECK(options{} != options{.quirks = quirk_rule::repaired});
}

TEST_CASE("options: each rule is called what it is in the source") {
    static_assert(to_string(order_rule::longest_path_first) == "longest_path_first");
    CHECK(to_string(order_rule::on_demand) == "on_demand");
    CHECK(to_string(order_rule::registration) == "registration");
    CHECK(to_string(order_rule::kernel) == "kernel");
    CHECK(to_string(order_rule::breadth) == "breadth");
    CHECK(to_string(cycle_rule::report) == "report");
    CHECK(to_string(cycle_rule::relax_inferred) == "relax_inferred");
    CHECK(to_string(cycle_rule::relax_optional) == "relax_optional");
    CHECK(to_string(driverless_rule::fails) == "fails");
    CHECK(to_string(driverless_rule::waits) == "waits");
    CHECK(to_string(quirk_rule::kernel) == "kernel");
    CHECK(to_string(quirk_rule::repaired) == "repaired");
    CHECK(to_string(late_supplier_rule::keep) == "keep");
    CHECK(to_string(late_supplier_rule::reprobe) == "reprobe");
    CHECK(to_string(late_supplier_rule::notify) == "notify");
    CHECK(to_string(extension_rule::optional_supplier) == "optional_supplier");
    CHECK(to_string(extension_rule::none) == "none");
    CHECK(to_string(static_cast<order_rule>(99)).empty());
}

TEST_CASE("options: the defaults are those of the design") {
    constexpr options chosen;
    CHECK(chosen.order == order_rule::on_demand);
    CHECK(chosen.cycles == cycle_rule::relax_inferred);
    CHECK(chosen.driverless == driverless_rule::fails);
    CHECK(chosen.quirks == quirk_rule::kernel);
    CHECK(chosen.late_supplier == late_supplier_rule::keep);
    CHECK(chosen.extension == extension_rule::optional_supplier);
}
