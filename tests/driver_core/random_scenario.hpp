// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_DRIVER_CORE_RANDOM_SCENARIO_HPP
#define DEVLINK_TESTS_DRIVER_CORE_RANDOM_SCENARIO_HPP

// Random scenarios, of the kinds in which the recorded ones were made: always playable, often senseless.

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace testing {

enum class profile { basic, flags, inprobe, lifecycle, misuse, mixed, rpm, syncstate };
inline constexpr std::size_t profile_count = 8;

struct scenario_wishes {
    profile kind = profile::mixed;
    std::size_t devices = 6;
    std::size_t statements = 30;
    unsigned optional_percent = 0;     ///< of the links that may have the flag
    unsigned drivers_done_percent = 0; ///< of the scenarios, at some place
    bool failures = true;              ///< drivers may fail for good
};

class scenario_maker {
public:
    scenario_maker(unsigned seed, scenario_wishes wanted)
        : random_(seed)
        , wanted_{wanted} {}

    [[nodiscard]] std::string make() {
        text_ = "scenario r\n";
        const std::size_t done_at =
            chance(wanted_.drivers_done_percent) ? below(wanted_.statements) : std::string::npos;
        for (std::size_t number = 0; number < wanted_.statements; ++number) {
            if (number == done_at) text_ += "drivers_done\n";
            add_statement();
        }
        return text_;
    }

private:
    [[nodiscard]] std::size_t below(std::size_t bound) { return random_() % bound; }
    [[nodiscard]] bool chance(unsigned percent) { return below(100) < percent; }
    [[nodiscard]] bool is(profile kind) const { return wanted_.kind == kind || wanted_.kind == profile::mixed; }
    [[nodiscard]] std::string name(std::size_t index) const {
        return index < 26 ? std::string(1, static_cast<char>('a' + index)) : "d" + std::to_string(index);
    }
    [[nodiscard]] std::string any_name() { return name(below(wanted_.devices)); }
    [[nodiscard]] const std::string& registered() { return devices_[below(devices_.size())]; }

    void add_statement() {
        const bool grow = devices_.size() < 2 || (devices_.size() < wanted_.devices && chance(25));
        if (grow && add_device()) return;
        const std::size_t dice = below(100);
        if (dice < 28) return add_link();
        if (dice < 50) return add_driver();
        if (dice < 60) return say("probe", registered());
        if (dice < 70) return say("unbind", registered());
        if (dice < 78 && (is(profile::lifecycle) || is(profile::misuse))) return remove_device();
        if (dice < 86 && (is(profile::lifecycle) || is(profile::flags))) return remove_driver();
        if (dice < 92 && (is(profile::flags) || is(profile::misuse))) {
            const std::string& consumer = registered();
            return say("unlink", consumer + " " + registered());
        }
        if (is(profile::rpm)) return say(chance(60) ? "get" : "put", registered());
        add_link();
    }

    void say(std::string_view word, const std::string& rest) { text_.append(word).append(" ").append(rest) += '\n'; }

    [[nodiscard]] bool add_device() {
        std::vector<std::string> free;
        for (std::size_t index = 0; index < wanted_.devices; ++index)
            if (std::find(devices_.begin(), devices_.end(), name(index)) == devices_.end()) free.push_back(name(index));
        if (free.empty()) return false;
        const std::string chosen = free[below(free.size())];
        std::string line = chosen;
        if (!devices_.empty() && chance(20)) {
            parents_[chosen] = registered();
            line += " parent=" + parents_[chosen];
        }
        if (chance(is(profile::syncstate) ? 50 : 10)) line += " sync_state";
        if (is(profile::rpm) && chance(85)) line += " rpm";
        devices_.push_back(chosen);
        say("device", line);
        return true;
    }

    void remove_device() {
        const std::string chosen = registered();
        for (const auto& [child, above] : parents_)
            if (above == chosen) return say("probe", chosen);
        std::erase(devices_, chosen);
        parents_.erase(chosen);
        say("remove", chosen);
        if (devices_.empty()) (void)add_device();
    }

    void remove_driver() {
        if (drivers_.empty()) return say("probe", registered());
        auto chosen = drivers_.begin();
        std::advance(chosen, static_cast<std::ptrdiff_t>(below(drivers_.size())));
        const std::string driver = *chosen;
        drivers_.erase(chosen);
        say("undriver", driver);
    }

    void add_driver() {
        const std::string device = chance(90) ? registered() : any_name();
        std::string line = device;
        const std::size_t outcomes = below(4);
        for (std::size_t number = 0; number < outcomes; ++number) {
            const std::size_t dice = below(10);
            if (dice < 5)
                line += " ok";
            else if (dice < 8)
                line += " defer";
            else
                line += wanted_.failures ? " -" + std::to_string(1 + below(40)) : " ok";
        }
        if (!wanted_.failures && outcomes > 0) line += " ok";
        if (is(profile::inprobe) && chance(60)) {
            const std::size_t links = 1 + below(3);
            for (std::size_t number = 0; number < links; ++number) {
                line += " link=" + any_name();
                const std::vector<std::string> flags = some_flags();
                for (std::size_t at = 0; at < flags.size(); ++at) line += (at == 0 ? ":" : "+") + flags[at];
            }
        }
        drivers_.insert(device);
        say("driver", line);
    }

    void add_link() {
        std::string line = registered() + " ";
        line += chance(95) ? registered() : any_name();
        for (const std::string& flag : some_flags()) line += " " + flag;
        say("link", line);
    }

    [[nodiscard]] std::vector<std::string> some_flags() {
        constexpr std::array<const char*, 9> all{
            "stateless",          "autoremove_consumer", "pm_runtime", "rpm_active", "autoremove_supplier",
            "autoprobe_consumer", "sync_state_only",     "inferred",   "cycle"};
        std::set<std::string> chosen;
        if (is(profile::misuse) && chance(30)) {
            for (const char* flag : all)
                if (chance(15)) chosen.insert(flag);
        } else if (is(profile::flags) || is(profile::inprobe)) {
            if (chance(15))
                chosen.insert("stateless");
            else if (chance(15))
                chosen.insert("sync_state_only");
            else if (chance(20))
                chosen.insert(chance(50) ? "autoremove_consumer" : "autoremove_supplier");
            else if (chance(40))
                chosen.insert("autoprobe_consumer");
            if (chosen.count("stateless") == 0 && chance(10)) chosen.insert("inferred");
        } else if (chance(35)) {
            chosen.insert(is(profile::syncstate) && chance(40) ? "sync_state_only" : "autoprobe_consumer");
        }
        if (is(profile::rpm) && chosen.count("sync_state_only") == 0 && chance(60)) {
            chosen.insert("pm_runtime");
            if (chance(40)) chosen.insert("rpm_active");
        }
        const bool may_be_optional = chosen.count("stateless") == 0 && chosen.count("sync_state_only") == 0;
        if (may_be_optional && chance(wanted_.optional_percent)) chosen.insert("optional_supplier");
        return {chosen.begin(), chosen.end()};
    }

    std::mt19937 random_;
    scenario_wishes wanted_;
    std::string text_;
    std::vector<std::string> devices_;
    std::map<std::string, std::string> parents_;
    std::set<std::string> drivers_;
};

[[nodiscard]] inline std::string random_scenario(unsigned seed, scenario_wishes wanted) {
    return scenario_maker(seed, wanted).make();
}

} // namespace testing

#endif
