// SPDX-License-Identifier: MIT
// expect: (will be destroyed at the end of the full-expression|only Clang sees it)
#include <devlink/model/graph.hpp>
#include <devlink/resolve/impact.hpp>
#include <devlink/resolve/resolve.hpp>

#ifdef __clang__
#pragma clang diagnostic error "-Wdangling"
#elif defined(REJECT)
#error "only Clang sees it"
#endif

std::size_t sum(const devlink::graph& g) {
    std::size_t total = 0;
#ifdef REJECT
    for (const devlink::device_id d : devlink::resolve(g).order()) total += d.index();
#else
    const devlink::plan plan = devlink::resolve(g);
    for (const devlink::device_id d : plan.order()) total += d.index();
#endif
    // Whoever asks within one expression need not keep the plan.
    return total + devlink::resolve(g).order().size() + devlink::impact{g}.of(devlink::device_id{0}).size();
}
