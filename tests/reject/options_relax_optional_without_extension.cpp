// SPDX-License-Identifier: MIT
// expect: cycle_rule::relax_optional needs extension_rule::optional_supplier
#include <devlink/policy/options.hpp>

using namespace devlink;

#ifdef REJECT
static_assert(valid_options<options{.cycles = cycle_rule::relax_optional, .extension = extension_rule::none}>::value);
#else
static_assert(valid_options<options{.cycles = cycle_rule::relax_optional}>::value);
#endif
