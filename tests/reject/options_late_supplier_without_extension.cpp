// SPDX-License-Identifier: MIT
// expect: late_supplier_rule::reprobe and notify need extension_rule::optional_supplier
#include <devlink/policy/options.hpp>

using namespace devlink;

#ifdef REJECT
static_assert(
    valid_options<options{.late_supplier = late_supplier_rule::reprobe, .extension = extension_rule::none}>::value);
#else
static_assert(valid_options<options{.late_supplier = late_supplier_rule::reprobe}>::value);
#endif
