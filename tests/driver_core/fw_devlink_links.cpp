// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <list>
#include <random>
#include <utility>
#include <vector>

#include <devlink/driver_core/fw_devlink_links.hpp>

using namespace devlink;

namespace {

using pair = std::pair<std::size_t, std::size_t>;

std::vector<pair> suppliers(const firmware_links& links, std::size_t n) {
    std::vector<pair> found;
    for (auto l = links.first_supplier(node_id{n}); l.valid(); l = links[l].next_supplier)
        found.emplace_back(links[l].consumer.index(), links[l].supplier.index());
    return found;
}

std::vector<pair> consumers(const firmware_links& links, std::size_t n) {
    std::vector<pair> found;
    for (auto l = links.first_consumer(node_id{n}); l.valid(); l = links[l].next_consumer)
        found.emplace_back(links[l].consumer.index(), links[l].supplier.index());
    return found;
}

} // namespace

TEST_CASE("the newest link stands first in both lists") {
    firmware_links links{4};
    CHECK(links.add(node_id{0}, node_id{1}, false, false));
    CHECK(links.add(node_id{0}, node_id{2}, false, false));
    CHECK(links.add(node_id{3}, node_id{1}, false, false));
    CHECK(suppliers(links, 0) == std::vector<pair>{{0, 2}, {0, 1}});
    CHECK(consumers(links, 1) == std::vector<pair>{{3, 1}, {0, 1}});
    CHECK(links.size() == 3);
    CHECK(links.add(node_id{1}, node_id{1}, false, false)); // a node may need itself
    CHECK(suppliers(links, 1) == std::vector<pair>{{1, 1}});
}

TEST_CASE("a second add for a pair only tells the link more") {
    firmware_links links{2};
    CHECK(links.add(node_id{0}, node_id{1}, false, false));
    CHECK_FALSE(links.add(node_id{0}, node_id{1}, true, false));
    CHECK_FALSE(links.add(node_id{0}, node_id{1}, false, true));
    const firmware_link& link = links[links.first_supplier(node_id{0})];
    CHECK(link.cycle);
    CHECK(link.ignore);
    CHECK(links.size() == 1);
}

TEST_CASE("random adds and removals keep the lists as plain lists would be") {
    std::mt19937 random{7};
    constexpr std::size_t nodes = 7;
    firmware_links links{nodes};
    std::list<pair> reference; // the newest first
    for (int step = 0; step < 5000; ++step) {
        const pair p{random() % nodes, random() % nodes};
        const auto known = std::find(reference.begin(), reference.end(), p);
        if (random() % 2 == 0) {
            CHECK(links.add(node_id{p.first}, node_id{p.second}, false, false) == (known == reference.end()));
            if (known == reference.end()) reference.push_front(p);
        } else if (known != reference.end()) {
            auto l = links.first_supplier(node_id{p.first});
            while (links[l].supplier.index() != p.second) l = links[l].next_supplier;
            links.remove(l);
            reference.erase(known);
        }
        CHECK(links.size() == reference.size());
        for (std::size_t n = 0; n < nodes; ++n) {
            std::vector<pair> as_consumer;
            std::vector<pair> as_supplier;
            for (const pair& entry : reference) {
                if (entry.first == n) as_consumer.push_back(entry);
                if (entry.second == n) as_supplier.push_back(entry);
            }
            REQUIRE(suppliers(links, n) == as_consumer);
            REQUIRE(consumers(links, n) == as_supplier);
        }
    }
}
