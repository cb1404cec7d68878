// SPDX-License-Identifier: Apache-2.0
#include "core/inference/analysis.h"

#include "core/inference/map_mean.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <numeric>

namespace gesture::inference {

namespace {

constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();
constexpr int kMaxWindow = 1024;
constexpr int kMaxMaps = 4096; ///< Parts × layers × heads.
constexpr int kMaxFramesPerToken = 64;
constexpr int kMaxTokenLayers = 64;

Error refused(const std::string& what) {
    return {ErrorCode::InvalidInput,
            "What the engine said of the clip cannot be used: " + what + "."};
}

bool allFinite(const std::vector<float>& values) {
    return std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
}

bool isFiniteHalf(std::uint16_t bits) { return (bits & 0x7c00U) != 0x7c00U; }

/// The chosen numbers below `count`; all when none are chosen.
std::vector<int> chosenOf(const std::vector<int>& chosen, int count) {
    std::vector<int> all(static_cast<std::size_t>(count));
    std::iota(all.begin(), all.end(), 0);
    if (chosen.empty()) return all;
    std::erase_if(
        all, [&](int i) { return std::find(chosen.begin(), chosen.end(), i) == chosen.end(); });
    return all;
}

bool isLegalStretch(std::int64_t begin, std::size_t count, int framesPerToken) {
    if (framesPerToken < 1 || framesPerToken > kMaxFramesPerToken || begin < 0) return false;
    const std::int64_t most = Analysis::kMaxFrames / framesPerToken;
    return begin <= most && static_cast<std::int64_t>(count) <= most - begin;
}

/// Writes `values` at `begin`, growing the track by `blank`.
template <typename To, typename From>
void place(std::vector<To>& track, std::size_t begin, const std::vector<From>& values, To blank) {
    if (track.size() < begin + values.size()) track.resize(begin + values.size(), blank);
    std::copy(values.begin(), values.end(), track.begin() + static_cast<std::ptrdiff_t>(begin));
}

/// Windows that hold a frame, of those ordered by begin.
template <typename Visit>
void forWindowsAt(std::span<const AttentionWindow> windows, std::int64_t frame, Visit&& visit) {
    auto after = std::upper_bound(
        windows.begin(), windows.end(), frame,
        [](std::int64_t f, const AttentionWindow& window) { return f < window.begin.value; });
    while (after != windows.begin()) {
        --after;
        if (after->begin.value + kMaxWindow <= frame) break;
        if (frame < after->begin.value + after->frames) visit(*after);
    }
}

/// Place of the chosen number among those kept; nothing chosen: all of them.
Result<std::vector<std::size_t>> placesOf(std::optional<int> chosen, const std::vector<int>& kept,
                                          std::string_view axis) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < kept.size(); ++i)
        if (!chosen || kept[i] == *chosen) places.push_back(i);
    if (!places.empty()) return places;
    std::string list;
    for (const int number : kept)
        list += (list.empty() ? "" : ", ") + (number < 0 ? "the mean" : std::to_string(number + 1));
    return Error{ErrorCode::NotFound,
                 fmt::format("The attention of {} {} was not kept; there is: {}. Analyse the clip "
                             "again and keep it.",
                             axis, *chosen + 1, list.empty() ? "none" : list)};
}

} // namespace

AttentionKeep keepWithin(const AttentionSize& size, std::uint64_t bytes) {
    const auto windows = static_cast<double>(size.frames / std::max(size.hop, 1) + 1);
    const double map = 2.0 * size.window * size.window * windows * size.parts;
    const auto limit = static_cast<double>(bytes);
    AttentionKeep keep;
    if (map * size.layers * size.heads > limit) keep.headAxis = AttentionKeep::Axis::Mean;
    if (map * size.layers > limit) keep.layerAxis = AttentionKeep::Axis::Mean;
    return keep;
}

float AttentionBand::at(FrameIndex speech, FrameIndex motion) const {
    if (!range().contains(speech)) return kNothing;
    const auto row = static_cast<std::size_t>(speech - begin);
    const std::int64_t column = motion.value - first[row];
    if (column < 0 || column >= width) return kNothing;
    return weights[row * static_cast<std::size_t>(width) + static_cast<std::size_t>(column)];
}

Analysis::Analysis(AttentionKeep keep)
    : keep_(std::move(keep)) {}

Status Analysis::check(const AttentionWindow& window) const {
    if (window.frames < 1 || window.frames > kMaxWindow || window.begin.value < 0 ||
        window.begin.value > kMaxFrames - window.frames)
        return refused(fmt::format("a window of {} frames from frame {} on", window.frames,
                                   window.begin.value));
    if (window.layers < 0 || window.heads < 0 || window.layers > kMaxMaps ||
        window.heads > kMaxMaps || window.parts.size() > motion::kBodyPartCount ||
        static_cast<std::int64_t>(window.layers) * window.heads *
                static_cast<std::int64_t>(window.parts.size()) >
            kMaxMaps)
        return refused("it names more layers and heads than there can be");
    const auto frames = static_cast<std::size_t>(window.frames);
    const std::size_t maps = window.parts.size() * static_cast<std::size_t>(window.layers) *
                             static_cast<std::size_t>(window.heads);
    if (window.maps.size() != maps * frames * frames ||
        window.importance.size() != window.parts.size() * frames || window.fused.size() != frames)
        return refused("a window's arrays do not have the sizes that it names");
    if (!allFinite(window.importance) || !allFinite(window.fused) ||
        !std::all_of(window.maps.begin(), window.maps.end(), isFiniteHalf))
        return refused("a window's weights are no numbers");
    if (!windows_.empty() &&
        (window.parts != parts_ || window.layers != layerCount_ || window.heads != headCount_))
        return refused("its windows differ in body parts, layers or heads");
    if (chosenOf(keep_.layers, window.layers).empty() != (window.layers == 0) ||
        chosenOf(keep_.heads, window.heads).empty() != (window.heads == 0))
        return Error{ErrorCode::Usage,
                     fmt::format("The network has {} layers of {} heads, and none "
                                 "of the chosen ones is among them.",
                                 window.layers, window.heads)};
    return Status::success();
}

void Analysis::adopt(const AttentionWindow& window) {
    const auto keptOf = [](AttentionKeep::Axis axis, const std::vector<int>& chosen, int count) {
        if (count > 0 && axis == AttentionKeep::Axis::Mean) return std::vector<int>{-1};
        return chosenOf(chosen, count);
    };
    parts_ = window.parts;
    layerCount_ = window.layers;
    headCount_ = window.heads;
    layers_ = keptOf(keep_.layerAxis, keep_.layers, window.layers);
    heads_ = keptOf(keep_.headAxis, keep_.heads, window.heads);
}

std::vector<std::uint16_t> Analysis::keptMaps(const AttentionWindow& window) const {
    const MapGrid grid{window.layers, window.heads,
                       static_cast<std::size_t>(window.frames) *
                           static_cast<std::size_t>(window.frames)};
    std::vector<std::uint16_t> kept;
    kept.reserve(parts_.size() * layers_.size() * heads_.size() * grid.cells);
    for (std::size_t part = 0; part < parts_.size(); ++part)
        for (const int layer : layers_)
            for (const int head : heads_) {
                const auto from =
                    layer < 0 ? chosenOf(keep_.layers, layerCount_) : std::vector<int>{layer};
                const auto of =
                    head < 0 ? chosenOf(keep_.heads, headCount_) : std::vector<int>{head};
                appendMean(window.maps, grid, {part, from, of}, kept);
            }
    return kept;
}

Status Analysis::add(const AttentionWindow& window) {
    if (auto checked = check(window); !checked) return checked;
    if (windows_.empty()) adopt(window);
    AttentionWindow kept{window.begin,
                         window.frames,
                         parts_,
                         static_cast<int>(layers_.size()),
                         static_cast<int>(heads_.size()),
                         keptMaps(window),
                         window.importance,
                         window.fused};
    const auto place =
        std::lower_bound(windows_.begin(), windows_.end(), kept.begin,
                         [](const AttentionWindow& w, FrameIndex b) { return w.begin < b; });
    if (place != windows_.end() && place->begin == kept.begin)
        *place = std::move(kept);
    else
        windows_.insert(place, std::move(kept));
    return Status::success();
}

Status Analysis::add(const SemanticChunk& chunk) {
    if (!isLegalStretch(chunk.begin, chunk.score.size(), chunk.framesPerToken) ||
        chunk.chosen.size() != chunk.score.size())
        return refused("a stretch of the semantic score has sizes that contradict each other");
    if (!semantic_.score.empty() && chunk.framesPerToken != semantic_.framesPerToken)
        return refused("the tokens of the semantic score change their length");
    for (std::size_t i = 0; i < chunk.score.size(); ++i)
        if (!(chunk.score[i] >= 0.0F && chunk.score[i] <= 1.0F) || chunk.chosen[i] > 1)
            return refused("a semantic score lies outside of 0 to 1");
    semantic_.framesPerToken = chunk.framesPerToken;
    const auto begin = static_cast<std::size_t>(chunk.begin);
    place(semantic_.score, begin, chunk.score, kNothing);
    place(semantic_.chosen, begin, chunk.chosen, SemanticTrack::kUnknown);
    return Status::success();
}

Status Analysis::add(const TokenChunk& chunk) {
    const std::size_t count =
        chunk.codes.size() / static_cast<std::size_t>(std::max(1, chunk.layers));
    const std::size_t rated = chunk.confidence.size();
    if (chunk.layers < 1 || chunk.layers > kMaxTokenLayers ||
        static_cast<std::size_t>(chunk.part) >= motion::kBodyPartCount ||
        !isLegalStretch(chunk.begin, count, chunk.framesPerToken) ||
        (rated != 0 && rated != count) || chunk.entropy.size() != rated ||
        chunk.codes.size() != count * static_cast<std::size_t>(chunk.layers))
        return refused("a stretch of tokens has sizes that contradict each other");
    if (!allFinite(chunk.confidence) || !allFinite(chunk.entropy))
        return refused("the confidence of a token is no number");
    TokenTrack& track = tokens_[chunk.part];
    if (track.layers != 0 &&
        (track.layers != chunk.layers || track.framesPerToken != chunk.framesPerToken))
        return refused("the tokens of a part change their layers or their length");
    track.layers = chunk.layers;
    track.framesPerToken = chunk.framesPerToken;
    const auto begin = static_cast<std::size_t>(chunk.begin);
    place(track.codes, begin * static_cast<std::size_t>(chunk.layers), chunk.codes,
          std::int32_t{-1});
    const std::vector<float> unrated(count, kNothing);
    place(track.confidence, begin, rated == 0 ? unrated : chunk.confidence, kNothing);
    place(track.entropy, begin, rated == 0 ? unrated : chunk.entropy, kNothing);
    return Status::success();
}

void Analysis::clear() {
    Analysis fresh(std::move(keep_));
    fresh.frames_ = frames_;
    *this = std::move(fresh);
}

std::int64_t Analysis::frames() const {
    if (frames_ > 0) return frames_;
    std::int64_t end = static_cast<std::int64_t>(semantic_.score.size()) * semantic_.framesPerToken;
    for (const TokenTrack& track : tokens_.values)
        end = std::max(end,
                       static_cast<std::int64_t>(track.confidence.size()) * track.framesPerToken);
    for (const AttentionWindow& window : windows_)
        end = std::max(end, window.begin.value + window.frames);
    return end;
}

std::vector<float> Analysis::curve(const std::vector<float> AttentionWindow::*values,
                                   std::size_t part) const {
    const auto length = static_cast<std::size_t>(frames());
    std::vector<double> sum(length, 0.0);
    std::vector<int> count(length, 0);
    for (const AttentionWindow& window : windows_) {
        const auto size = static_cast<std::size_t>(window.frames);
        const auto row = std::span(window.*values).subspan(part * size, size);
        const double total = std::accumulate(row.begin(), row.end(), 0.0);
        const double scale = total > 0.0 ? window.frames / total : 0.0;
        const auto begin = static_cast<std::size_t>(window.begin.value);
        for (std::size_t i = 0; i < size && begin + i < length; ++i) {
            sum[begin + i] += row[i] * scale;
            ++count[begin + i];
        }
    }
    std::vector<float> result(length, kNothing);
    for (std::size_t i = 0; i < length; ++i)
        if (count[i] > 0) result[i] = static_cast<float>(sum[i] / count[i]);
    return result;
}

Result<std::vector<float>> Analysis::importance(motion::BodyPart part) const {
    const auto found = std::find(parts_.begin(), parts_.end(), part);
    if (found == parts_.end())
        return Error{ErrorCode::NotFound, "This analysis has no attention for that body part."};
    return curve(&AttentionWindow::importance, static_cast<std::size_t>(found - parts_.begin()));
}

std::vector<float> Analysis::fusedImportance() const { return curve(&AttentionWindow::fused, 0); }

Result<AttentionBand> Analysis::attention(const MapChoice& choice, FrameRange range) const {
    const auto found = std::find(parts_.begin(), parts_.end(), choice.part);
    if (found == parts_.end())
        return Error{ErrorCode::NotFound, "This analysis has no attention for that body part."};
    auto layers = placesOf(choice.layer, layers_, "layer");
    if (!layers) return std::move(layers).error();
    auto heads = placesOf(choice.head, heads_, "head");
    if (!heads) return std::move(heads).error();
    const StitchedMap map{static_cast<std::size_t>(found - parts_.begin()), *layers, *heads};

    const std::int64_t begin = std::clamp<std::int64_t>(range.begin.value, 0, frames());
    const std::int64_t end = std::clamp(range.end.value, begin, frames());
    AttentionBand band{FrameIndex{begin}, 0, {}, {}};
    std::vector<std::vector<const AttentionWindow*>> covering;
    for (std::int64_t frame = begin; frame < end; ++frame) {
        auto& here = covering.emplace_back();
        std::int64_t first = frame;
        std::int64_t last = frame;
        forWindowsAt(windows_, frame, [&](const AttentionWindow& window) {
            here.push_back(&window);
            first = std::min(first, window.begin.value);
            last = std::max(last, window.begin.value + window.frames);
        });
        band.first.push_back(first);
        band.width = std::max(band.width, static_cast<int>(last - first));
    }
    band.weights.assign(covering.size() * static_cast<std::size_t>(band.width), kNothing);
    for (std::size_t row = 0; row < covering.size(); ++row)
        map.fillRow(covering[row], begin + static_cast<std::int64_t>(row), band.first[row],
                    std::span(band.weights)
                        .subspan(row * static_cast<std::size_t>(band.width),
                                 static_cast<std::size_t>(band.width)));
    return band;
}

std::vector<float> Analysis::semanticPerFrame() const {
    std::vector<float> result(static_cast<std::size_t>(frames()), kNothing);
    for (std::size_t i = 0; i < result.size(); ++i) {
        const std::size_t token = i / static_cast<std::size_t>(semantic_.framesPerToken);
        if (token < semantic_.score.size()) result[i] = semantic_.score[token];
    }
    return result;
}

std::vector<float> Analysis::lossPerFrame() const {
    std::vector<float> result(static_cast<std::size_t>(frames()), kNothing);
    for (std::size_t frame = 0; frame < result.size(); ++frame) {
        double sum = 0.0;
        int parts = 0;
        for (const TokenTrack& track : tokens_.values) {
            const std::size_t token = frame / static_cast<std::size_t>(track.framesPerToken);
            if (token >= track.confidence.size() || std::isnan(track.confidence[token])) continue;
            constexpr double kLeast = 1e-12; // a probability of 0 is one that was rounded
            sum -= std::log(std::max<double>(kLeast, track.confidence[token]));
            ++parts;
        }
        if (parts > 0) result[frame] = static_cast<float>(sum / parts);
    }
    return result;
}

std::uint64_t Analysis::mapBytes() const {
    std::uint64_t bytes = 0;
    for (const AttentionWindow& window : windows_)
        bytes += window.maps.size() * sizeof(std::uint16_t);
    return bytes;
}

void AnalysisSink::motion(const MotionChunk&) {}

void AnalysisSink::restarted() {
    analysis_.clear();
    status_ = Status::success();
}

} // namespace gesture::inference
