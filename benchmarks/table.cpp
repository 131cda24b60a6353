// SPDX-License-Identifier: MIT

// devlink-bench-table [--title TEXT] FILE.tsv...                  the whole table as Markdown, on standard output
// devlink-bench-table [--title TEXT] --readme README.md FILE...   the short form, between the file's two marks
//
// Reads what the benchmark programs wrote. Nothing in a table is typed by hand.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct row {
    std::string work;
    std::string family;
    std::string links;
    std::string competitor;
    std::string unit;
    double each = 0;
    double ratio = 0;
    double bytes = 0;
};

std::vector<row> read(const std::vector<std::string>& files) {
    std::vector<row> rows;
    for (const std::string& file : files) {
        std::ifstream in{file};
        if (!in) {
            std::cerr << file << ": can't be read\n";
            std::exit(2);
        }
        for (std::string line; std::getline(in, line);) {
            std::istringstream fields{line};
            row r;
            std::string each;
            std::string ratio;
            std::string bytes;
            for (std::string* field : {&r.work, &r.family, &r.links, &r.competitor, &r.unit, &each, &ratio, &bytes})
                std::getline(fields, *field, '\t');
            if (!fields) {
                std::cerr << file << ": not a line of results: " << line << '\n';
                std::exit(2);
            }
            r.each = std::atof(each.c_str());
            r.ratio = std::atof(ratio.c_str());
            r.bytes = std::atof(bytes.c_str());
            rows.push_back(std::move(r));
        }
    }
    return rows;
}

/// Three significant digits.
std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    return text;
}

std::string grouped(std::string digits) {
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
    return digits;
}

void print_line(std::ostream& out, const std::vector<std::string>& cells) {
    out << '|';
    for (const std::string& cell : cells) out << ' ' << cell << " |";
    out << '\n';
}

void print_head(std::ostream& out, const std::vector<std::string>& cells) {
    print_line(out, cells);
    print_line(out, std::vector<std::string>(cells.size(), "---"));
}

void print_all(std::ostream& out, const std::vector<row>& rows) {
    std::string work;
    for (const row& r : rows) {
        if (r.work != work) {
            work = r.work;
            out << "\n## " << work << "\n\n";
            print_head(out, {"family", "links", "competitor", "time or size", "ratio", "peak bytes a link"});
        }
        const std::string unit = r.links == "0" ? r.unit : "ns/" + r.unit;
        print_line(out, {r.family, r.links == "0" ? "-" : grouped(r.links), r.competitor, number(r.each) + " " + unit,
                         number(r.ratio), r.links == "0" ? "-" : number(r.bytes)});
    }
}

/// Work A at a million links: families down, competitors across, nanoseconds a link.
void print_short(std::ostream& out, const std::vector<row>& rows) {
    std::vector<std::string> families;
    std::vector<std::string> competitors;
    std::map<std::pair<std::string, std::string>, double> times;
    const auto add = [](std::vector<std::string>& names, const std::string& name) {
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    };
    for (const row& r : rows) {
        const bool rule = r.competitor.find(',') != std::string::npos;
        if (r.work != "A order" || r.links != "1000000" || rule) continue;
        add(families, r.family);
        add(competitors, r.competitor);
        times[{r.family, r.competitor}] = r.each;
    }
    std::vector<std::string> head{"ns per link"};
    head.insert(head.end(), competitors.begin(), competitors.end());
    print_head(out, head);
    for (const std::string& family : families) {
        std::vector<std::string> cells{family};
        for (const std::string& competitor : competitors) {
            const auto time = times.find({family, competitor});
            cells.push_back(time == times.end() ? "-" : number(time->second));
        }
        print_line(out, cells);
    }
}

void write_readme(const std::string& file, const std::string& table) {
    constexpr std::string_view begin = "<!-- benchmarks: begin -->\n";
    constexpr std::string_view end = "<!-- benchmarks: end -->\n";
    std::ifstream in{file, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
    const std::size_t first = text.find(begin);
    const std::size_t last = text.find(end);
    if (first == std::string::npos || last == std::string::npos || last < first) {
        std::cerr << file << ": has no place for the table\n";
        std::exit(2);
    }
    text.replace(first + begin.size(), last - first - begin.size(), table);
    std::ofstream out{file, std::ios::binary};
    out << text;
    if (!out.flush()) {
        std::cerr << file << ": can't be written\n";
        std::exit(2);
    }
}

} // namespace

int main(int argc, char** argv) {
    std::string title;
    std::string readme;
    std::vector<std::string> files;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--title" && i + 1 < argc)
            title = argv[++i];
        else if (argument == "--readme" && i + 1 < argc)
            readme = argv[++i];
        else
            files.emplace_back(argument);
    }
    if (files.empty()) {
        std::cerr << "usage: " << argv[0] << " [--title TEXT] [--readme FILE] FILE.tsv...\n";
        return 2;
    }

    const std::vector<row> rows = read(files);
    if (readme.empty()) {
        std::cout << "# Benchmarks\n\n" << title << "\n";
        print_all(std::cout, rows);
    } else {
        std::ostringstream text;
        print_short(text, rows);
        text << '\n' << title << '\n';
        write_readme(readme, text.str());
    }
    return 0;
}
