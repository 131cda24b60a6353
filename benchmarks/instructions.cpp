// SPDX-License-Identifier: MIT

// devlink-bench-instructions WORK: does one of the main works once, for valgrind to count its instructions. Counts
// don't depend on what else the machine does, so they can be held to a few percent where times can't.

#include <devlink/model/graph.hpp>
#include <devlink/resolve/impact.hpp>
#include <devlink/resolve/resolve.hpp>

#include "families.hpp"
#include "harness.hpp"

#include <array>
#include <iostream>
#include <string_view>

namespace {

using bench::machine;

constexpr std::size_t links = 100000;

machine shuffled_board() {
    machine m = bench::board(links);
    bench::generator random{5};
    bench::shuffle(m, random);
    return m;
}

template <devlink::options O = devlink::options{}>
void order(const machine& m) {
    bench::keep(devlink::resolve<O>(devlink::link_view{m.device_count, m.links}));
}

void add_links(const machine& m) {
    devlink::basic_graph<devlink::graph_policy<std::uint32_t, devlink::no_names>> g;
    g.reserve(m.device_count, m.links.size());
    for (std::size_t d = 0; d < m.device_count; ++d) g.add_device();
    for (const devlink::link_spec& l : m.links) bench::keep(g.add_link(l.consumer, l.supplier, l.flags));
}

void lose_each(const machine& m) {
    devlink::impact impact{devlink::link_view{m.device_count, m.links}};
    for (std::size_t d = 0; d < m.device_count; d += 64) bench::keep(impact.of(devlink::device_id{d}).size());
}

void rank(const machine& m) {
    devlink::impact impact{devlink::link_view{m.device_count, m.links}};
    bench::keep(impact.rank());
}

struct work {
    std::string_view name;
    machine (*input)();
    void (*run)(const machine&);
};

using enum devlink::order_rule;

constexpr std::array works{
    work{"order-valid", [] { return bench::ladder(links); }, order<>},
    work{"order-board", [] { return bench::board(links); }, order<>},
    work{"order-shuffled", [] { return bench::random_dag(links); }, order<>},
    work{"order-registration", [] { return bench::board(links); }, order<devlink::options{.order = registration}>},
    work{"order-kernel", [] { return bench::board(links); }, order<devlink::options{.order = kernel}>},
    work{"order-breadth", [] { return bench::pairs(links); }, order<devlink::options{.order = breadth}>},
    work{"add-board", [] { return bench::board(links); }, add_links},
    work{"add-shuffled", shuffled_board, add_links},
    work{"impact-of", [] { return bench::board(links); }, lose_each},
    work{"impact-rank", [] { return bench::board(10000); }, rank},
};

} // namespace

/// What is counted, by its name.
extern "C" [[gnu::noinline]] void counted(const work& w, const machine& m);

extern "C" void counted(const work& w, const machine& m) { w.run(m); }

int main(int argc, char** argv) {
    for (const work& w : works)
        if (argc == 2 && w.name == argv[1]) {
            const machine m = w.input();
            counted(w, m);
            return 0;
        }
    std::cerr << "usage: " << argv[0] << " WORK, one of";
    for (const work& w : works) std::cerr << ' ' << w.name;
    std::cerr << '\n';
    return 2;
}
