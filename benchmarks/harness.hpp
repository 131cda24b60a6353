// SPDX-License-Identifier: MIT
#ifndef DEVLINK_BENCHMARKS_HARNESS_HPP
#define DEVLINK_BENCHMARKS_HARNESS_HPP

// What every benchmark program is made of: competitors that do the same work over the same input, each checked to be
// right before any of them is timed, timed in turns, and written as lines of one table.

#include <cstddef>
#include <cstdio>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

struct competitor {
    std::string name;
    std::function<void()> run;          ///< the work once; its result must not be optimised away (`keep`)
    std::function<bool()> right;        ///< does the work once and looks whether the answer is right
    std::size_t up_to_links = 10000000; ///< where it is too slow to be worth the time
};

/// One comparison: what is done, over what.
struct contest {
    std::string work;      ///< "A order"
    std::string family;    ///< "chain"
    std::size_t links = 0; ///< of the input
    double units = 1;      ///< times are given per unit: links, queries, events
    std::string unit = "link";
};

/// The run of one program.
class session {
public:
    /// Understands `--check` (only look whether all are right, at small sizes), `--only TEXT` (contests whose
    /// "work/family/links" contains it) and `--out FILE` (a line of tab-separated values for each result).
    session(int argc, char** argv);
    session(const session&) = delete;
    session& operator=(const session&) = delete;
    ~session();

    /// Those numbers of links that the mode is for.
    [[nodiscard]] std::vector<std::size_t> sizes(std::initializer_list<std::size_t> all) const;

    /// Whether the contest is to be run. Ask before making a large input.
    [[nodiscard]] bool wants(std::string_view work, std::string_view family, std::size_t links) const;

    /// Checks all competitors, then times those that are right. The first one is the yardstick of the ratios.
    void compare(const contest& what, const std::vector<competitor>& competitors);

    /// 0 if every competitor was right.
    [[nodiscard]] int status() const { return wrong_ == 0 ? 0 : 1; }

private:
    bool check_only_ = false;
    std::string only_;
    std::FILE* out_ = nullptr;
    std::size_t checked_ = 0;
    std::size_t wrong_ = 0;
};

/// Makes the compiler believe that somebody reads the value.
template <class T>
void keep(const T& value) {
    asm volatile("" : : "g"(&value) : "memory");
}

/// Counts what malloc hands out while it lives, whoever calls it.
class peak_memory {
public:
    peak_memory();
    ~peak_memory();
    peak_memory(const peak_memory&) = delete;
    peak_memory& operator=(const peak_memory&) = delete;

    /// The most bytes that were live at once since construction.
    [[nodiscard]] std::size_t bytes() const;
    /// How many times memory was asked for.
    [[nodiscard]] std::size_t allocations() const;
};

} // namespace bench

#endif
