// SPDX-License-Identifier: Apache-2.0
#include "app/cli/batch_manifest.h"

#include "core/base/atomic_file.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace gesture::app {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr std::size_t kMaxManifestBytes = std::size_t{256} << 20U;
constexpr std::size_t kMaxLineBytes = std::size_t{64} << 10U;
constexpr std::array<std::string_view, 5> kKeys{"audio", "transcript", "output", "speaker", "seed"};

/// What one line says, as texts; numbers are not looked at yet.
using Entry = std::map<std::string, std::string, std::less<>>;

Error wrong(std::string reason) { return {ErrorCode::InvalidInput, std::move(reason)}; }

bool isBlank(std::string_view line) { return line.find_first_not_of(" \t") == line.npos; }

Status checkKey(std::string_view key) {
    if (std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end()) return Status::success();
    return wrong(fmt::format("'{}' is not known here; there are audio, transcript, output, speaker "
                             "and seed.",
                             key));
}

Result<Entry> entryOfJson(std::string_view line) {
    const json object = json::parse(line, nullptr, false);
    if (!object.is_object()) return wrong("this is not an object of JSON.");
    Entry entry;
    for (const auto& [key, value] : object.items()) {
        if (auto known = checkKey(key); !known) return known.error();
        if (value.is_null()) continue;
        const bool number = key == "speaker" || key == "seed";
        if (number ? !value.is_number_integer() : !value.is_string())
            return wrong(fmt::format("'{}' is not a {}.", key, number ? "whole number" : "text"));
        entry[key] = number ? value.dump() : value.get<std::string>();
    }
    return entry;
}

/// Cells of a line of CSV; a cell in quotes may hold commas, and "" for a quote.
Result<std::vector<std::string>> cellsOf(std::string_view line) {
    std::vector<std::string> cells{""};
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char sign = line[i];
        if (quoted && sign == '"' && i + 1 < line.size() && line[i + 1] == '"') {
            cells.back() += sign;
            ++i;
        } else if (sign == '"' && (quoted || cells.back().empty())) {
            quoted = !quoted;
        } else if (sign == ',' && !quoted) {
            cells.emplace_back();
        } else {
            cells.back() += sign;
        }
    }
    if (quoted) return wrong("a quote is not closed.");
    return cells;
}

Result<Entry> entryOfCsv(std::string_view line, const std::vector<std::string>& header) {
    auto cells = cellsOf(line);
    if (!cells) return std::move(cells).error();
    if (cells->size() != header.size())
        return wrong(fmt::format("there are {} cells, and {} columns in the first line.",
                                 cells->size(), header.size()));
    Entry entry;
    for (std::size_t i = 0; i < header.size(); ++i)
        if (!(*cells)[i].empty()) entry[header[i]] = std::move((*cells)[i]);
    return entry;
}

Result<std::vector<std::string>> headerOf(std::string_view line) {
    auto header = cellsOf(line);
    if (!header) return header;
    for (std::size_t i = 0; i < header->size(); ++i) {
        if (auto known = checkKey((*header)[i]); !known) return known.error();
        if (std::find(header->begin(), header->begin() + static_cast<std::ptrdiff_t>(i),
                      (*header)[i]) != header->begin() + static_cast<std::ptrdiff_t>(i))
            return wrong(fmt::format("the column '{}' is there twice.", (*header)[i]));
    }
    if (std::find(header->begin(), header->end(), "audio") == header->end())
        return wrong("there is no column 'audio'.");
    return header;
}

template <typename T>
Status readNumber(const Entry& entry, const char* key, std::optional<T>& out) {
    const auto found = entry.find(key);
    if (found == entry.end()) return Status::success();
    const std::string& text = found->second;
    T value{};
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{} || end != text.data() + text.size() || value < T{})
        return wrong(fmt::format("'{}': {} is a whole number from 0 on.", text, key));
    out = value;
    return Status::success();
}

/// The place below the output folder, without its extension.
Result<fs::path> outputOf(const std::string& text) {
    const fs::path output = fs::path(text).lexically_normal();
    if (output.is_absolute() || output.begin()->string() == ".." || !output.has_filename() ||
        output == ".")
        return wrong(fmt::format("the output '{}' does not lie below the output folder.", text));
    const std::string extension = output.extension().string();
    if (extension != ".npz" && extension != ".mp4") return output;
    return output.parent_path() / output.stem();
}

/// Where the motion of a sound goes when nothing is said.
fs::path usualOutput(const fs::path& audio) {
    const fs::path place = audio.lexically_normal();
    const bool below = place.is_relative() && place.begin()->string() != "..";
    return below ? place.parent_path() / place.stem() : place.stem();
}

Result<BatchClip> clipOf(const Entry& entry, const fs::path& folder) {
    for (const auto& [key, text] : entry)
        if (text.find('\0') != std::string::npos || firstInvalidUtf8(text))
            return wrong(fmt::format("'{}' is not UTF-8 or holds a zero byte.", key));
    const auto text = [&](const char* key) {
        const auto found = entry.find(key);
        return found == entry.end() ? std::string() : found->second;
    };
    const std::string audio = text("audio");
    if (audio.empty()) return wrong("there is no 'audio'.");
    BatchClip clip;
    clip.audio = folder / audio;
    if (const std::string words = text("transcript"); !words.empty())
        clip.transcript = folder / words;
    clip.output = usualOutput(audio);
    if (const std::string output = text("output"); !output.empty()) {
        auto place = outputOf(output);
        if (!place) return std::move(place).error();
        clip.output = std::move(*place);
    }
    if (clip.output.filename().empty()) return wrong("'audio' is not the name of a file.");
    if (auto read = readNumber(entry, "speaker", clip.speaker); !read) return read.error();
    if (auto read = readNumber(entry, "seed", clip.seed); !read) return read.error();
    return clip;
}

/// Goes through the lines of a manifest, one at a time.
class ManifestReader {
public:
    explicit ManifestReader(fs::path folder)
        : folder_(std::move(folder)) {}

    Status take(std::string_view line, std::size_t number) {
        if (line.size() > kMaxLineBytes) return wrong("the line is longer than 64 KiB.");
        if (!begun_) {
            begun_ = true;
            json_ = line[line.find_first_not_of(" \t")] == '{';
            if (!json_) return takeHeader(line);
        }
        auto entry = json_ ? entryOfJson(line) : entryOfCsv(line, header_);
        if (!entry) return std::move(entry).error();
        auto clip = clipOf(*entry, folder_);
        if (!clip) return std::move(clip).error();
        if (clips_.size() == kMaxBatchClips)
            return Error{ErrorCode::LimitExceeded, "there are more than a million clips."};
        clip->where = fmt::format("line {}", number);
        clips_.push_back(std::move(*clip));
        return Status::success();
    }

    [[nodiscard]] std::vector<BatchClip>& clips() { return clips_; }

private:
    Status takeHeader(std::string_view line) {
        auto header = headerOf(line);
        if (!header) return std::move(header).error();
        header_ = std::move(*header);
        return Status::success();
    }

    fs::path folder_;
    bool begun_ = false;
    bool json_ = true;
    std::vector<std::string> header_;
    std::vector<BatchClip> clips_;
};

} // namespace

Result<std::vector<BatchClip>> readBatchManifest(const fs::path& path) {
    const auto content = readTextFile(path, kMaxManifestBytes);
    if (!content) return content.error();
    std::string_view rest = *content;
    if (rest.substr(0, 3) == "\xEF\xBB\xBF") rest.remove_prefix(3);
    ManifestReader reader(path.parent_path());
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (isBlank(line)) continue;
        if (auto taken = reader.take(line, number); !taken)
            return std::move(taken).error().withContext(
                fmt::format("'{}', line {}", path.string(), number));
    }
    if (reader.clips().empty())
        return wrong(fmt::format("'{}' lists no clips: it holds a line of JSON for each, "
                                 "{{\"audio\": \"clip.wav\"}}, or CSV with a header.",
                                 path.string()));
    return std::move(reader.clips());
}

Status checkOutputsDiffer(const std::vector<BatchClip>& clips) {
    std::unordered_map<std::string, const BatchClip*> seen;
    for (const BatchClip& clip : clips) {
        const auto [other, added] = seen.emplace(clip.output.string(), &clip);
        if (!added)
            return wrong(fmt::format("{} and {} would both be written to '{}'; say in a manifest "
                                     "where each one goes (\"output\").",
                                     other->second->where, clip.where, clip.output.string()));
    }
    return Status::success();
}

} // namespace gesture::app
