// SPDX-License-Identifier: MIT
// Any folder as /sys: a machine that is resolved, or an error with its path. The input is a list of what is in the
// folder, an entry a line, fields separated by tabs: `d PATH`, `l PATH TARGET` (a symbolic link) or `f PATH CONTENT`;
// `\n` and `\t` in a field are a line's end and a tab, a backslash before anything else is dropped.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <devlink/resolve/resolve.hpp>
#include <devlink/source/sysfs.hpp>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

std::string_view cut(std::string_view& text, char at) {
    const std::size_t end = std::min(text.find(at), text.size());
    const std::string_view first = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return first;
}

std::string unescaped(std::string_view field) {
    std::string out;
    for (std::size_t i = 0; i < field.size(); ++i) {
        char c = field[i];
        if (c == '\\' && ++i < field.size()) c = field[i] == 'n' ? '\n' : field[i] == 't' ? '\t' : field[i];
        out += c;
    }
    return out;
}

// An open folder.
class folder {
public:
    explicit folder(int descriptor)
        : descriptor_{descriptor} {}
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;
    ~folder() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }

    [[nodiscard]] int get() const { return descriptor_; }

    // Goes down one step, into a folder that is made if need be. Nothing is written through a symbolic link, for it
    // may lead out of here.
    void enter(const std::string& name) {
        (void)::mkdirat(descriptor_, name.c_str(), 0700);
        const int below = ::openat(descriptor_, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        ::close(descriptor_);
        descriptor_ = below;
    }

private:
    int descriptor_;
};

// A folder with what an input lists, gone with the object. What can't be made is left out.
class listed_tree {
public:
    explicit listed_tree(std::string_view list) {
        // In memory where there is such a folder: that is fifty times as fast.
        std::error_code error;
        std::string pattern = "/dev/shm/devlink-fuzz-XXXXXX";
        if (::mkdtemp(pattern.data()) == nullptr) {
            pattern = (std::filesystem::temp_directory_path(error) / "devlink-fuzz-XXXXXX").string();
            require(!error && ::mkdtemp(pattern.data()) != nullptr);
        }
        root_ = pattern;
        constexpr std::size_t most_entries = 64;
        for (std::size_t i = 0; i < most_entries && !list.empty(); ++i) add(cut(list, '\n'));
    }
    listed_tree(const listed_tree&) = delete;
    listed_tree& operator=(const listed_tree&) = delete;
    ~listed_tree() {
        std::error_code error;
        std::filesystem::remove_all(root_, error);
        require(!error);
    }

    [[nodiscard]] const std::filesystem::path& root() const { return root_; }

private:
    std::filesystem::path root_;

    void add(std::string_view line) const {
        const std::string_view kind = cut(line, '\t');
        const std::string path = unescaped(cut(line, '\t'));
        const std::string text = unescaped(line);
        folder at(::open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        std::string name;
        std::size_t depth = 0;
        for (std::string_view rest = path; !rest.empty();) {
            const std::string step(cut(rest, '/'));
            if (step.empty() || step == "." || step == ".." || step.find('\0') != std::string::npos) continue;
            constexpr std::size_t deepest = 12;
            if (++depth > deepest) return;
            if (!name.empty()) at.enter(name);
            name = step;
        }
        if (name.empty() || at.get() < 0) return;
        if (kind == "d") {
            at.enter(name);
        } else if (kind == "l") {
            (void)::symlinkat(text.c_str(), at.get(), name.c_str());
        } else if (kind == "f") {
            write_file(at, name, text);
        }
    }

    static void write_file(const folder& at, const std::string& name, std::string_view text) {
        constexpr std::size_t longest = 2 * devlink::source::sysfs_tree::longest_attribute;
        const folder file(::openat(at.get(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (file.get() < 0) return;
        const std::string_view part = text.substr(0, longest);
        require(::write(file.get(), part.data(), part.size()) == static_cast<::ssize_t>(part.size()));
    }
};

void require_clear(const devlink::source::source_error& error) {
    require(!error.message.empty() && !error.path.empty());
    for (const char c : error.to_string()) require(c >= 0x20 && c <= 0x7e);
}

void require_inside(std::string_view path) {
    require(!path.empty() && path.front() != '/');
    while (!path.empty()) {
        const std::string_view step = cut(path, '/');
        require(!step.empty() && step != "." && step != "..");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const listed_tree files({reinterpret_cast<const char*>(data), size});
    const auto read = devlink::source::read_sysfs(files.root());
    if (!read) {
        require_clear(read.error());
        return 0;
    }
    const devlink::graph& g = read->machine.graph;
    require(read->devices.size() == g.device_count() && read->links.size() == g.link_count());
    for (std::size_t i = 0; i < g.device_count(); ++i) {
        const devlink::device_id d(i);
        const devlink::source::sysfs_device& device = read->devices[i];
        require(!g.name(d).empty() && g.find(g.name(d)) == d);
        require(device.driver.find('/') == std::string::npos);
        require_inside(device.path);
        if (!device.of_node.empty()) require_inside(device.of_node);
        if (const devlink::parent parent = g.parent(d); parent.device.valid()) {
            require(parent.device < d);
            require(device.path.starts_with(read->devices[parent.device.index()].path + '/'));
        }
    }
    for (const auto& l : g.links()) {
        require(l.consumer != l.supplier && !read->machine.origin(l.link).empty());
        if (read->links[l.link.index()]) require(!to_string(*read->links[l.link.index()]).empty());
    }
    const devlink::plan plan = devlink::resolve(g, read->machine.forecast);
    require(plan.device_count() == g.device_count());
    return 0;
}
