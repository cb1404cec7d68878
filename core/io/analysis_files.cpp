// SPDX-License-Identifier: Apache-2.0
#include "core/io/analysis_files.h"

#include "core/base/atomic_file.h"
#include "core/io/analysis_tables.h"
#include "core/io/npy.h"
#include "core/io/npy_codec.h"
#include "core/io/zip_writer.h"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <system_error>

namespace gesture::io {

namespace {

constexpr std::uint16_t kHalfNan = 0x7e00;

Error contradiction(const std::string& what) {
    return {ErrorCode::InvalidInput,
            "The analysis cannot be written: " + what + ". Analyse the clip again."};
}

std::size_t mapsOf(const AnalysisFiles& files) {
    return files.parts.size() * files.layers.size() * files.heads.size();
}

Status check(const AnalysisFiles& files) {
    for (const AttentionArrays& window : files.attention) {
        const auto frames = static_cast<std::size_t>(std::max(window.frames, 0));
        if (frames == 0 || window.maps.size() != mapsOf(files) * frames * frames ||
            window.importance.size() != files.parts.size() * frames ||
            window.fused.size() != frames)
            return contradiction(fmt::format(
                "the window at frame {} does not have the sizes that it names", window.begin));
    }
    for (const AnalysisColumn& column : files.importance)
        if (column.values.size() != files.importance[0].values.size())
            return contradiction("the curve '" + column.name + "' is of another length");
    if (!files.chosen.empty() && files.chosen.size() != files.semantic.size())
        return contradiction("there are more scores than choices, or fewer");
    for (const AnalysisTokens& track : files.tokens)
        if (track.layers < 1 || track.entropy.size() != track.confidence.size() ||
            track.codes.size() != track.confidence.size() * static_cast<std::size_t>(track.layers))
            return contradiction("the tokens of '" + track.part + "' contradict each other");
    return Status::success();
}

/// Files that are complete but for their names.
class PendingFiles {
public:
    explicit PendingFiles(std::filesystem::path folder)
        : folder_(std::move(folder)) {}

    Status add(const std::string& name, std::string_view content) {
        auto file = AtomicFile::create(folder_ / name);
        if (!file) return std::move(file).error();
        if (auto written = file->write(std::as_bytes(std::span(content))); !written) return written;
        texts_.push_back(std::move(*file));
        names_.push_back(name);
        return Status::success();
    }

    /// The archive is written by `fill`.
    template <typename Fill>
    Status addArchive(const std::string& name, Fill&& fill) {
        auto writer = ZipWriter::create(folder_ / name);
        if (!writer) return std::move(writer).error();
        if (auto filled = fill(*writer); !filled) return filled;
        archives_.push_back(std::move(*writer));
        names_.push_back(name);
        return Status::success();
    }

    Result<std::vector<std::string>> commit() {
        for (ZipWriter& archive : archives_)
            if (auto done = archive.commit(); !done) return std::move(done).error();
        for (AtomicFile& text : texts_)
            if (auto done = text.commit(); !done) return std::move(done).error();
        return std::move(names_);
    }

private:
    std::filesystem::path folder_;
    std::vector<ZipWriter> archives_;
    std::vector<AtomicFile> texts_;
    std::vector<std::string> names_;
};

Status addArray(ZipWriter& writer, const std::string& name, const NpyArray& array) {
    const auto header = serializeNpyHeader(array);
    return writer.add(name + ".npy", {header, array.bytes()}, ZipMethod::Stored);
}

/// A window's square maps in the corner of larger ones, filled up with NaN.
std::vector<std::uint16_t> padded(const AttentionArrays& window, std::size_t maps,
                                  std::size_t longest) {
    const auto frames = static_cast<std::size_t>(window.frames);
    std::vector<std::uint16_t> result(maps * longest * longest, kHalfNan);
    for (std::size_t row = 0; row < maps * frames; ++row) {
        const auto from = window.maps.subspan(row * frames, frames);
        const std::size_t to = (row / frames * longest + row % frames) * longest;
        std::copy(from.begin(), from.end(), result.begin() + static_cast<std::ptrdiff_t>(to));
    }
    return result;
}

/// All windows' maps one after the other, without a copy of those that are as long as the longest.
Status addMaps(ZipWriter& writer, const AnalysisFiles& files, std::size_t longest) {
    const NpyArray shape =
        NpyCodec::make(NpyType::Float16, 0,
                       {files.attention.size(), files.parts.size(), files.layers.size(),
                        files.heads.size(), longest, longest},
                       {});
    const auto header = serializeNpyHeader(shape);
    std::vector<std::vector<std::uint16_t>> filled(files.attention.size());
    std::vector<std::span<const std::byte>> parts{header};
    for (std::size_t i = 0; i < files.attention.size(); ++i) {
        const AttentionArrays& window = files.attention[i];
        if (static_cast<std::size_t>(window.frames) == longest) {
            parts.push_back(std::as_bytes(window.maps));
            continue;
        }
        filled[i] = padded(window, mapsOf(files), longest);
        parts.push_back(std::as_bytes(std::span(filled[i])));
    }
    return writer.add("maps.npy", parts, ZipMethod::Stored);
}

/// Rows of frames, filled up with NaN.
NpyArray rowsOf(const AnalysisFiles& files, std::span<const float> AttentionArrays::*values,
                std::size_t longest, std::vector<std::size_t> shape) {
    std::vector<float> all;
    for (const AttentionArrays& window : files.attention) {
        const auto frames = static_cast<std::size_t>(window.frames);
        const auto from = window.*values;
        for (std::size_t row = 0; row < from.size() / frames; ++row) {
            const auto begin = from.begin() + static_cast<std::ptrdiff_t>(row * frames);
            all.insert(all.end(), begin, begin + window.frames);
            all.insert(all.end(), longest - frames, std::numeric_limits<float>::quiet_NaN());
        }
    }
    return NpyArray::from<float>(all, std::move(shape));
}

Status addAttention(ZipWriter& writer, const AnalysisFiles& files) {
    std::size_t longest = 0;
    std::vector<std::int64_t> begins;
    std::vector<std::int64_t> lengths;
    for (const AttentionArrays& window : files.attention) {
        longest = std::max(longest, static_cast<std::size_t>(window.frames));
        begins.push_back(window.begin);
        lengths.push_back(window.frames);
    }
    const std::size_t count = files.attention.size();
    if (auto added = addMaps(writer, files, longest); !added) return added;
    const std::vector<std::pair<std::string, NpyArray>> arrays{
        {"importance", rowsOf(files, &AttentionArrays::importance, longest,
                              {count, files.parts.size(), longest})},
        {"fused", rowsOf(files, &AttentionArrays::fused, longest, {count, longest})},
        {"window_begin", NpyArray::from<std::int64_t>(begins, {count})},
        {"window_frames", NpyArray::from<std::int64_t>(lengths, {count})}};
    for (const auto& [name, array] : arrays)
        if (auto added = addArray(writer, name, array); !added) return added;
    return Status::success();
}

Status addTokens(ZipWriter& writer, const AnalysisFiles& files) {
    for (const AnalysisTokens& track : files.tokens) {
        const std::size_t count = track.confidence.size();
        const std::vector<std::pair<std::string, NpyArray>> arrays{
            {"_codes",
             NpyArray::from(track.codes, {count, static_cast<std::size_t>(track.layers)})},
            {"_confidence", NpyArray::from(track.confidence, {count})},
            {"_entropy", NpyArray::from(track.entropy, {count})}};
        for (const auto& [suffix, array] : arrays)
            if (auto added = addArray(writer, track.part + suffix, array); !added) return added;
    }
    return addArray(writer, "frames_per_token",
                    NpyArray::scalar<std::int64_t>(files.tokens.front().framesPerToken));
}

Status addAll(PendingFiles& pending, const AnalysisFiles& files) {
    if (!files.attention.empty()) {
        if (auto added = pending.addArchive("attention.npz",
                                            [&](ZipWriter& w) { return addAttention(w, files); });
            !added)
            return added;
        if (auto added = pending.add("attention.json", attentionJson(files)); !added) return added;
    }
    if (!files.importance.empty())
        if (auto added = pending.add("importance.csv", importanceCsv(files)); !added) return added;
    if (!files.semantic.empty())
        if (auto added = pending.add("semantic.csv", semanticCsv(files)); !added) return added;
    if (files.tokens.empty()) return Status::success();
    return pending.addArchive("tokens.npz", [&](ZipWriter& w) { return addTokens(w, files); });
}

} // namespace

Result<std::vector<std::string>>
writeAnalysisFiles(const std::filesystem::path& folder, const AnalysisFiles& files,
                   std::span<const std::pair<std::string, std::string>> more) {
    if (auto checked = check(files); !checked) return std::move(checked).error();
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure)
        return Error{ErrorCode::Io, "Cannot make the folder '" + folder.string() +
                                        "': " + failure.message() +
                                        ". Choose another one for the analysis."};
    PendingFiles pending(folder);
    if (auto added = addAll(pending, files); !added) return std::move(added).error();
    for (const auto& [name, content] : more)
        if (auto added = pending.add(name, content); !added) return std::move(added).error();
    return pending.commit();
}

} // namespace gesture::io
