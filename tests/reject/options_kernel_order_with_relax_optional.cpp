// SPDX-License-Identifier: MIT
// expect: order_rule::kernel is the order of a kernel that relaxes inferred links only
#include <devlink/policy/options.hpp>

using namespace devlink;

#ifdef REJECT
static_assert(valid_options<options{.order = order_rule::kernel, .cycles = cycle_rule::relax_optional}>::value);
#else
static_assert(valid_options<options{.order = order_rule::kernel, .cycles = cycle_rule::report}>::value);
#endif
