// SPDX-License-Identifier: MIT

// One of two TUs of the same program that include every header: a function that a header defines without `inline` ends
// the link, one that differs from one TU to the next (an anonymous namespace, a macro) is seen by -Wodr under LTO. The
// list of headers is made by CMake from the header set; each header stands a second include.
#include <every_header.hpp>

#include <every_header.hpp>
