// SPDX-License-Identifier: MIT
#include <devlink/driver_core/threaded_list.hpp>

#include <devlink/model/id.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace {

using devlink::device_id;
using namespace devlink::detail::core;

struct record {
    device_id next;
    device_id prev;
};

std::vector<std::size_t> forwards(const std::vector<record>& records, device_id first) {
    std::vector<std::size_t> seen;
    for (device_id d = first; d.valid(); d = records[d.index()].next) seen.push_back(d.index());
    return seen;
}

std::vector<std::size_t> backwards(const std::vector<record>& records, device_id first) {
    std::vector<std::size_t> seen;
    for (device_id d = list_last<&record::prev>(records, first); d.valid();
         d = list_before<&record::prev>(records, first, d))
        seen.push_back(d.index());
    std::reverse(seen.begin(), seen.end());
    return seen;
}

} // namespace

TEST_CASE("threaded_list: against a vector, over random appends and removals") {
    std::mt19937 random(7);
    std::vector<record> records(24);
    device_id first;
    std::vector<std::size_t> expected;
    CHECK(!list_last<&record::prev>(records, first).valid());
    for (int step = 0; step < 4000; ++step) {
        const std::size_t index = random() % records.size();
        const auto found = std::find(expected.begin(), expected.end(), index);
        if (found == expected.end()) {
            list_append<&record::next, &record::prev>(records, first, device_id{index});
            expected.push_back(index);
        } else {
            list_remove<&record::next, &record::prev>(records, first, device_id{index});
            expected.erase(found);
        }
        REQUIRE(forwards(records, first) == expected);
        REQUIRE(backwards(records, first) == expected);
    }
}

TEST_CASE("threaded_list: what is removed still knows what came after it") {
    std::vector<record> records(3);
    device_id first;
    for (std::size_t index = 0; index < 3; ++index)
        list_append<&record::next, &record::prev>(records, first, device_id{index});
    list_remove<&record::next, &record::prev>(records, first, device_id{1});
    CHECK(records[1].next == device_id{2});
    CHECK(forwards(records, first) == std::vector<std::size_t>{0, 2});
}
