// SPDX-License-Identifier: MIT
#include <cstdint>
#include <devlink/devlink.hpp>
#include <iostream>
#include <string>
#include <vector>

// A service manager's own structures. That they can be taken for suppliers is all that devlink wants of them.
struct need {
    std::size_t unit;
    bool only_wanted; // Wants= with After=, not Requires= with After=

    operator devlink::supplier_link() const {
        const devlink::link_flags flags = only_wanted ? devlink::link_flag::optional_supplier : devlink::link_flags{};
        return {devlink::device_id{unit}, flags, {}};
    }
};
struct unit {
    std::string name;
    std::vector<need> needs;
};
struct service_manager {
    using index_type = std::uint32_t;
    std::vector<unit> units;

    std::size_t device_count() const { return units.size(); }
    const std::vector<need>& suppliers(devlink::device_id d) const { return units[d.index()].needs; }
};

int main() {
    constexpr std::size_t database = 1, mail = 2, network = 3;
    const service_manager g{{{"shop", {{database, false}, {mail, true}}},
                             {"database", {{network, false}}},
                             {"mail", {{network, false}}},
                             {"network", {}}}};
    devlink::forecast f{g};
    f.set(devlink::device_id{mail}, devlink::outcome::fail);

    const auto plan = devlink::resolve<devlink::options{.order = devlink::order_rule::breadth}>(g, f);
    for (const devlink::device_id d : plan.order())
        std::cout << "wave " << plan.wave(d) << ": " << g.units[d.index()].name << ", " << to_string(plan.verdict(d))
                  << '\n';
}
