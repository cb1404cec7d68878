// SPDX-License-Identifier: Apache-2.0
#include "core/project/analysis_blob.h"

#include "core/project/analysis_items.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace gesture::project {

namespace {

using inference::Analysis;
using inference::AttentionKeep;
using inference::AttentionWindow;
using inference::SemanticChunk;
using inference::SemanticTrack;
using inference::TokenChunk;
using inference::TokenTrack;

constexpr const char* kKind = "analysis";
/// Of a window's maps after those that were left out are filled in again.
constexpr std::size_t kMaxFilledBytes = std::size_t{256} << 20;

Error wrong() {
    return {ErrorCode::InvalidInput,
            "An analysis in the project is damaged: its parts do not fit to each other."};
}

/// Cuts a stream of items into chunks.
class ChunkWriter {
public:
    explicit ChunkWriter(const BlobStore::Sink& sink)
        : sink_(sink) {}

    template <typename T>
    void add(ItemTag tag, const T& value) {
        if (!status_) return;
        auto item = encodeItem(tag, value);
        if (!item) {
            status_ = std::move(item).error();
            return;
        }
        std::span<const std::byte> rest = *item;
        while (!rest.empty() && status_.ok()) {
            const std::size_t fits = std::min(rest.size(), kChunkBytes - buffer_.size());
            buffer_.insert(buffer_.end(), rest.begin(),
                           rest.begin() + static_cast<std::ptrdiff_t>(fits));
            rest = rest.subspan(fits);
            if (buffer_.size() == kChunkBytes) flush();
        }
    }

    Status finish() {
        if (status_.ok() && !buffer_.empty()) flush();
        return status_;
    }

private:
    void flush() {
        status_ = sink_(buffer_);
        buffer_.clear();
    }

    const BlobStore::Sink& sink_;
    std::vector<std::byte> buffer_;
    Status status_ = Status::success();
};

/// The stretches of a semantic track that are known.
void addSemantic(ChunkWriter& writer, const SemanticTrack& track) {
    std::size_t at = 0;
    while (at < track.score.size()) {
        if (std::isnan(track.score[at])) {
            ++at;
            continue;
        }
        SemanticChunk chunk;
        chunk.begin = static_cast<std::int64_t>(at);
        chunk.framesPerToken = track.framesPerToken;
        for (; at < track.score.size() && !std::isnan(track.score[at]); ++at) {
            chunk.score.push_back(track.score[at]);
            chunk.chosen.push_back(track.chosen[at]);
        }
        writer.add(ItemTag::Semantic, chunk);
    }
}

/// The stretches of a track that are known, apart where ratings begin or end.
void addTokens(ChunkWriter& writer, motion::BodyPart part, const TokenTrack& track) {
    const auto layers = static_cast<std::size_t>(track.layers);
    if (layers == 0) return;
    const std::size_t tokens = track.codes.size() / layers;
    const auto known = [&](std::size_t i) { return track.codes[i * layers] >= 0; };
    const auto rated = [&](std::size_t i) {
        return i < track.confidence.size() && !std::isnan(track.confidence[i]);
    };
    std::size_t at = 0;
    while (at < tokens) {
        if (!known(at)) {
            ++at;
            continue;
        }
        TokenChunk chunk{
            part, static_cast<std::int64_t>(at), track.framesPerToken, track.layers, {}, {}, {}};
        const bool ratings = rated(at);
        for (; at < tokens && known(at) && rated(at) == ratings; ++at) {
            for (std::size_t layer = 0; layer < layers; ++layer)
                chunk.codes.push_back(
                    static_cast<std::uint16_t>(std::max(0, track.codes[at * layers + layer])));
            if (!ratings) continue;
            chunk.confidence.push_back(track.confidence[at]);
            chunk.entropy.push_back(track.entropy[at]);
        }
        writer.add(ItemTag::Tokens, chunk);
    }
}

/// What makes an analysis number the layers (or heads) as it did.
struct Numbering {
    AttentionKeep::Axis axis = AttentionKeep::Axis::Each;
    std::vector<int> chosen; ///< Empty: all.
    int count = 0;           ///< Of the windows that are added.
};

Result<Numbering> numberingOf(const std::vector<std::int64_t>& kept) {
    if (kept == std::vector<std::int64_t>{-1}) return Numbering{AttentionKeep::Axis::Mean, {}, 1};
    Numbering numbering;
    for (const std::int64_t number : kept) {
        if (number < numbering.count || number >= kMaxAxis) return wrong();
        numbering.chosen.push_back(static_cast<int>(number));
        numbering.count = static_cast<int>(number) + 1;
    }
    if (numbering.chosen.size() == static_cast<std::size_t>(numbering.count))
        numbering.chosen.clear();
    return numbering;
}

/// Puts items together to an analysis.
class AnalysisAssembly {
public:
    Status take(ItemTag tag, std::span<const std::byte> payload) {
        if (!analysis_ && tag != ItemTag::Head) return wrong();
        switch (tag) {
        case ItemTag::Head:
            return takeHead(payload);
        case ItemTag::Window:
            return takeWindow(payload);
        case ItemTag::Semantic:
            return add<SemanticChunk>(payload);
        case ItemTag::Tokens:
            return add<TokenChunk>(payload);
        case ItemTag::Note:
            return takeNote(payload);
        }
        return Status::success(); // of a later program
    }

    Result<Analysis> finish() && {
        if (!analysis_) return wrong();
        return std::move(*analysis_);
    }

private:
    Status takeHead(std::span<const std::byte> payload) {
        AnalysisHead head;
        if (Status read = decodeItem(payload, head); !read) return read;
        auto layers = numberingOf(head.layers);
        auto heads = numberingOf(head.heads);
        if (analysis_ || !layers || !heads) return wrong();
        layers_ = *layers;
        heads_ = *heads;
        analysis_.emplace(AttentionKeep{layers_.axis, heads_.axis, layers_.chosen, heads_.chosen});
        analysis_->setFrames(head.frames);
        return Status::success();
    }

    template <typename Chunk>
    Status add(std::span<const std::byte> payload) {
        Chunk chunk;
        if (Status read = decodeItem(payload, chunk); !read) return read;
        return analysis_->add(chunk);
    }

    Status takeNote(std::span<const std::byte> payload) {
        inference::Note note;
        Status read = decodeItem(payload, note);
        if (read.ok()) analysis_->add(note);
        return read;
    }

    Status takeWindow(std::span<const std::byte> payload) {
        AttentionWindow window;
        if (Status read = decodeItem(payload, window); !read) return read;
        if (!layers_.chosen.empty() || !heads_.chosen.empty())
            if (Status filled = fillUp(window); !filled) return filled;
        return analysis_->add(window);
    }

    /// Puts maps that were not kept back as zeros, so that the others have their numbers.
    Status fillUp(AttentionWindow& window) const {
        const auto place = [](const Numbering& numbering, int i) {
            return numbering.chosen.empty() ? i : numbering.chosen[static_cast<std::size_t>(i)];
        };
        const auto keptOf = [](const Numbering& numbering) {
            return numbering.chosen.empty() ? numbering.count
                                            : static_cast<int>(numbering.chosen.size());
        };
        if (window.layers != keptOf(layers_) || window.heads != keptOf(heads_)) return wrong();
        const std::size_t map =
            static_cast<std::size_t>(window.frames) * static_cast<std::size_t>(window.frames);
        const std::size_t all = window.parts.size() * static_cast<std::size_t>(layers_.count) *
                                static_cast<std::size_t>(heads_.count);
        if (map * all * sizeof(std::uint16_t) > kMaxFilledBytes) return wrong();
        std::vector<std::uint16_t> maps(map * all);
        auto from = window.maps.begin();
        for (std::size_t part = 0; part < window.parts.size(); ++part)
            for (int layer = 0; layer < window.layers; ++layer)
                for (int head = 0; head < window.heads; ++head) {
                    const std::size_t to = (part * static_cast<std::size_t>(layers_.count) +
                                            static_cast<std::size_t>(place(layers_, layer))) *
                                               static_cast<std::size_t>(heads_.count) +
                                           static_cast<std::size_t>(place(heads_, head));
                    const auto end = from + static_cast<std::ptrdiff_t>(map);
                    std::copy(from, end, maps.begin() + static_cast<std::ptrdiff_t>(to * map));
                    from = end;
                }
        window.maps = std::move(maps);
        window.layers = layers_.count;
        window.heads = heads_.count;
        return Status::success();
    }

    std::optional<Analysis> analysis_;
    Numbering layers_;
    Numbering heads_;
};

} // namespace

Result<ContentHash> putAnalysis(BlobStore& blobs, const Analysis& analysis, JobControl& control) {
    return blobs.put(
        kKind,
        [&](const BlobStore::Sink& sink) {
            ChunkWriter writer(sink);
            writer.add(ItemTag::Head,
                       AnalysisHead{analysis.frames(),
                                    {analysis.layers().begin(), analysis.layers().end()},
                                    {analysis.heads().begin(), analysis.heads().end()}});
            for (const AttentionWindow& window : analysis.windows())
                writer.add(ItemTag::Window, window);
            addSemantic(writer, analysis.semantic());
            for (int part = 0; part < motion::kBodyPartCount; ++part)
                addTokens(writer, static_cast<motion::BodyPart>(part),
                          analysis.tokens(static_cast<motion::BodyPart>(part)));
            for (const inference::Note& note : analysis.notes())
                writer.add(ItemTag::Note, note);
            return writer.finish();
        },
        control);
}

Result<Analysis> readAnalysis(BlobStore& blobs, const ContentHash& hash) {
    AnalysisAssembly assembly;
    ItemSplitter splitter;
    const Status read = blobs.visit(hash, kKind, [&](BlobStore::Chunk chunk) {
        return splitter.take(chunk, [&](ItemTag tag, std::span<const std::byte> payload) {
            return assembly.take(tag, payload);
        });
    });
    if (!read) return read.error();
    if (!splitter.complete()) return wrong();
    return std::move(assembly).finish();
}

} // namespace gesture::project
