// SPDX-License-Identifier: MIT
#ifndef DEVLINK_EXAMPLES_DEVLINK_RESOLVE_ORDER_FILE_HPP
#define DEVLINK_EXAMPLES_DEVLINK_RESOLVE_ORDER_FILE_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <devlink/model/id.hpp>
#include <devlink/model/result.hpp>

#include "question.hpp"

namespace tool {

/// Devices in the order in which they were probed, and where the file says so.
struct order_file {
    std::vector<devlink::device_id> devices;
    std::vector<std::size_t> lines; ///< from 1
    bool is_log = false;
};

/// Reads an order: a device a line, or what `order --format tsv` prints, or a kernel's log, of whose lines on binds
/// (`probe of DEV returned 0 after ...` of initcall_debug; `bound to device 'DEV'` of dynamic debug) the first for each
/// device of the machine counts. What a probe returns for a bind depends on the version that the log tells. Blank lines
/// and, but for logs, lines that begin with `#` and are no device are skipped.
/// Returns an error with its line where a list names a device that the machine does not have.
devlink::result<order_file, std::string> read_order(const question& asked, std::string_view text,
                                                    std::string_view path);

} // namespace tool

#endif
