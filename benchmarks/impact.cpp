// SPDX-License-Identifier: MIT

// Work C: what is lost if these devices fail. A fifth of the links is optional, of a real board those that are. The
// graph is prepared once, as all do; what is timed is the questions.

#include <devlink/model/link.hpp>
#include <devlink/resolve/impact.hpp>

#include "boards.hpp"
#include "families.hpp"
#include "harness.hpp"
#include "tight.hpp"

#ifdef DEVLINK_BENCH_BOOST
#include "peers/bgl_reach.hpp"
#endif
#ifdef DEVLINK_BENCH_LEMON
#include "peers/lemon_reach.hpp"
#endif

#include <memory>

namespace {

using bench::machine;

machine with_optional_links(machine m) {
    bench::generator random{8};
    for (devlink::link_spec& l : m.links)
        if (bench::below(random, 5) == 0) l.flags |= devlink::link_flag::optional_supplier;
    return m;
}

/// What a careful programmer writes: a breadth-first search over flat lists, with marks that need no clearing.
class tight_reach {
public:
    explicit tight_reach(const machine& m)
        : first_(m.device_count + 1)
        , consumer_(m.links.size())
        , seen_(m.device_count) {
        for (const devlink::link_spec& l : m.links) ++first_[l.supplier.index()];
        std::uint32_t sum = 0;
        for (std::uint32_t& f : first_) f = sum += f;
        for (std::size_t i = m.links.size(); i-- > 0;) {
            const bool optional = m.links[i].flags.has(devlink::link_flag::optional_supplier);
            consumer_[--first_[m.links[i].supplier.index()]] =
                static_cast<std::uint32_t>(m.links[i].consumer.index() << 1 | (optional ? 1U : 0U));
        }
        lost_.reserve(m.device_count);
    }

    std::size_t operator()(std::uint32_t failing) {
        ++round_;
        lost_.assign(1, failing);
        seen_[failing] = round_;
        for (std::size_t next = 0; next < lost_.size(); ++next)
            for (std::uint32_t i = first_[lost_[next]]; i != first_[lost_[next] + 1]; ++i) {
                const std::uint32_t c = consumer_[i] >> 1;
                if ((consumer_[i] & 1U) != 0 || seen_[c] == round_) continue;
                seen_[c] = round_;
                lost_.push_back(c);
            }
        return lost_.size() - 1;
    }

private:
    std::vector<std::uint32_t> first_;
    std::vector<std::uint32_t> consumer_;
    std::vector<std::uint32_t> seen_;
    std::vector<std::uint32_t> lost_;
    std::uint32_t round_ = 0;
};

class devlink_reach {
public:
    explicit devlink_reach(const machine& m)
        : impact_{devlink::link_view{m.device_count, m.links}} {}
    std::size_t operator()(std::uint32_t failing) { return impact_.of(devlink::device_id{failing}).size(); }

private:
    devlink::impact impact_;
};

/// Asks once for each of the devices.
template <class Reach>
bench::competitor asks(std::string name, const machine& m, const std::vector<std::uint32_t>& failing,
                       const std::vector<std::size_t>& expected, std::size_t up_to_links = 10000000) {
    const auto reach = std::make_shared<std::unique_ptr<Reach>>();
    const auto made = [reach, &m]() -> Reach& {
        if (!*reach) *reach = std::make_unique<Reach>(m);
        return **reach;
    };
    return {std::move(name),
            [made, &failing] {
                Reach& lost = made();
                std::size_t sum = 0;
                for (const std::uint32_t d : failing) sum += lost(d);
                bench::keep(sum);
            },
            [made, &failing, &expected] {
                for (std::size_t i = 0; i < failing.size(); ++i)
                    if (made()(failing[i]) != expected[i]) return false;
                return true;
            },
            up_to_links};
}

void compare(bench::session& session, const std::string& work, const machine& m, std::size_t links,
             const std::vector<std::uint32_t>& failing) {
    std::vector<std::size_t> expected;
    {
        tight_reach reach{m};
        for (const std::uint32_t d : failing) expected.push_back(reach(d));
    }
    std::vector<bench::competitor> competitors;
    competitors.push_back(asks<tight_reach>("tight", m, failing, expected));
    competitors.push_back(asks<devlink_reach>("devlink", m, failing, expected));
#ifdef DEVLINK_BENCH_BOOST
    competitors.push_back(asks<bench::bgl::filtered_reach>("bgl_filtered", m, failing, expected, 1000000));
#endif
#ifdef DEVLINK_BENCH_LEMON
    competitors.push_back(asks<bench::lemon_peer::filtered_reach>("lemon_filtered", m, failing, expected, 1000000));
#endif
    session.compare({work, m.family, links, static_cast<double>(failing.size()), "question"}, competitors);
}

/// One failure at a time, for every device.
void compare_rank(bench::session& session, const machine& m, std::size_t links) {
    std::vector<std::size_t> expected;
    tight_reach reach{m};
    for (std::uint32_t d = 0; d < m.device_count; ++d) expected.push_back(reach(d));
    devlink::impact impact{devlink::link_view{m.device_count, m.links}};
    const auto one_by_one = [&m](auto& lost) {
        std::vector<std::size_t> counts;
        for (std::uint32_t d = 0; d < m.device_count; ++d) counts.push_back(lost(d));
        return counts;
    };
    std::vector<bench::competitor> competitors;
    competitors.push_back(
        {"tight", [&] { bench::keep(one_by_one(reach)); }, [&] { return one_by_one(reach) == expected; }});
    competitors.push_back({"devlink", [&] { bench::keep(impact.rank()); }, [&] { return impact.rank() == expected; }});
    session.compare({"C rank", m.family, links,
                     static_cast<double>(m.links.size()) * static_cast<double>(m.device_count), "link and failure"},
                    competitors);
}

void compare_all(bench::session& session, const machine& m, std::size_t links) {
    // Failures that lose at most 100 devices, and the one that loses the most of a thousand hubs.
    tight_reach reach{m};
    bench::generator random{9};
    std::vector<std::uint32_t> small;
    for (int tries = 0; tries < 100000 && small.size() < 1000; ++tries) {
        const auto d = static_cast<std::uint32_t>(bench::below(random, m.device_count));
        if (const std::size_t lost = reach(d); lost > 0 && lost <= 100) small.push_back(d);
        if (links >= 1000000 && tries > 3000) break;
    }
    std::vector<std::uint32_t> consumers(m.device_count);
    for (const devlink::link_spec& l : m.links) ++consumers[l.supplier.index()];
    std::vector<std::uint32_t> hubs(m.device_count);
    for (std::uint32_t d = 0; d < m.device_count; ++d) hubs[d] = d;
    const std::size_t considered = std::min<std::size_t>(m.device_count, 20);
    std::ranges::partial_sort(hubs, hubs.begin() + static_cast<std::ptrdiff_t>(considered),
                              [&](std::uint32_t a, std::uint32_t b) { return consumers[a] > consumers[b]; });
    hubs.resize(considered);
    const std::uint32_t biggest = std::ranges::max(hubs, {}, reach);

    if (!small.empty()) compare(session, "C small failure", m, links, small);
    compare(session, "C biggest hub", m, links, {biggest});
}

} // namespace

int main(int argc, char** argv) {
    bench::session session{argc, argv};
    for (const bench::family make : {bench::board, bench::random_dag}) {
        const std::string family = make(8).family;
        for (const std::size_t links : session.sizes({300, 10000, 1000000, 10000000}))
            if (session.wants("C small failure", family, links) || session.wants("C biggest hub", family, links))
                compare_all(session, with_optional_links(make(links)), links);
        for (const std::size_t links : session.sizes({300, 10000, 100000}))
            if (session.wants("C rank", family, links)) compare_rank(session, with_optional_links(make(links)), links);
    }
    for (const machine& board : bench::read_boards()) {
        compare_all(session, board, board.links.size());
        compare_rank(session, board, board.links.size());
    }
    return session.status();
}
