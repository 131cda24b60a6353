// SPDX-License-Identifier: MIT
#include "harness.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <map>
#include <memory>

namespace bench {

namespace {

/// Keeps the time of each repetition.
class collector : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs)
            if (run.run_type == Run::RT_Iteration && !run.error_occurred)
                times_[run.run_name.function_name].push_back(run.GetAdjustedRealTime());
    }

    /// In nanoseconds; 0 if there is none.
    [[nodiscard]] double median(const std::string& name) {
        std::vector<double>& times = times_[name];
        if (times.empty()) return 0;
        const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
        std::nth_element(times.begin(), middle, times.end());
        return *middle;
    }

private:
    std::map<std::string, std::vector<double>> times_;
};

std::string with_links(std::string_view work, std::string_view family, std::size_t links) {
    return std::string{work} + "/" + std::string{family} + "/" + std::to_string(links);
}

} // namespace

session::session(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        const bool has_value = i + 1 < argc;
        if (argument == "--check") {
            check_only_ = true;
        } else if (argument == "--only" && has_value) {
            only_ = argv[++i];
        } else if (argument == "--out" && has_value) {
            out_ = std::fopen(argv[++i], "w");
            if (out_ == nullptr) {
                std::perror(argv[i]);
                std::exit(2);
            }
        } else {
            std::fprintf(stderr, "usage: %s [--check] [--only TEXT] [--out FILE]\n", argv[0]);
            std::exit(2);
        }
    }
    std::array<char*, 2> flags{argv[0], const_cast<char*>("--benchmark_enable_random_interleaving=true")};
    int count = 2;
    benchmark::Initialize(&count, flags.data());
}

session::~session() {
    if (out_ != nullptr) std::fclose(out_);
    std::fprintf(stderr, "%zu answers checked, %zu wrong\n", checked_, wrong_);
}

std::vector<std::size_t> session::sizes(std::initializer_list<std::size_t> all) const {
    std::vector<std::size_t> sizes{all};
    if (check_only_) std::erase_if(sizes, [](std::size_t links) { return links > 10000; });
    return sizes;
}

bool session::wants(std::string_view work, std::string_view family, std::size_t links) const {
    return with_links(work, family, links).find(only_) != std::string::npos;
}

void session::compare(const contest& what, const std::vector<competitor>& competitors) {
    if (!wants(what.work, what.family, what.links)) return;
    const std::string title = with_links(what.work, what.family, what.links);
    benchmark::ClearRegisteredBenchmarks();
    std::vector<const competitor*> entered;
    std::map<std::string, std::size_t> bytes;
    for (const competitor& c : competitors) {
        if (what.links > c.up_to_links) continue;
        ++checked_;
        if (!c.right()) {
            ++wrong_;
            std::fprintf(stderr, "%s: %s is wrong\n", title.c_str(), c.name.c_str());
            continue;
        }
        if (check_only_) continue;

        const auto before = std::chrono::steady_clock::now();
        {
            const peak_memory memory;
            c.run();
            bytes[c.name] = memory.bytes();
        }
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
        const int repetitions = seconds > 1 ? 1 : seconds > 0.2 ? 3 : 7;
        benchmark::RegisterBenchmark(c.name.c_str(),
                                     [run = &c.run](benchmark::State& state) {
                                         for ([[maybe_unused]] auto once : state) (*run)();
                                     })
            ->MinTime(0.01)
            ->Repetitions(repetitions)
            ->UseRealTime();
        entered.push_back(&c);
    }
    if (entered.empty()) return;

    collector times;
    benchmark::RunSpecifiedBenchmarks(&times);
    const double yardstick = times.median(entered.front()->name);
    std::printf("%s\n", title.c_str());
    for (const competitor* c : entered) {
        const double time = times.median(c->name);
        const double each = time / what.units;
        const double ratio = time / yardstick;
        const double memory = static_cast<double>(bytes[c->name]) / static_cast<double>(what.links);
        std::printf("    %-32s %10.2f ns/%s %8.3f of %s %8.1f bytes/link\n", c->name.c_str(), each, what.unit.c_str(),
                    ratio, entered.front()->name.c_str(), memory);
        if (out_ != nullptr)
            std::fprintf(out_, "%s\t%s\t%zu\t%s\t%s\t%.3f\t%.4f\t%.2f\n", what.work.c_str(), what.family.c_str(),
                         what.links, c->name.c_str(), what.unit.c_str(), each, ratio, memory);
    }
    std::fflush(stdout);
    if (out_ != nullptr) std::fflush(out_);
}

} // namespace bench
