// SPDX-License-Identifier: Apache-2.0
#include "core/project/analysis_items.h"

#include "core/inference/analysis.h"
#include "core/project/json_archive.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace gesture::project {

namespace {

using inference::AttentionWindow;
using inference::Note;
using inference::SemanticChunk;
using inference::TokenChunk;

constexpr std::size_t kLengthBytes = sizeof(std::uint32_t);
constexpr std::size_t kHeadBytes = 1 + kLengthBytes;
constexpr std::int64_t kMaxWindow = 1024;
constexpr std::int64_t kMaxPerToken = 64;
constexpr std::size_t kMaxNote = 4096;

Error wrong() {
    return {ErrorCode::InvalidInput, "An analysis in the project is damaged: an item does not "
                                     "have the size that it names."};
}

void putLength(std::vector<std::byte>& bytes, std::size_t length) {
    for (std::size_t i = 0; i < kLengthBytes; ++i)
        bytes.push_back(static_cast<std::byte>(length >> (8 * i)));
}

std::size_t lengthAt(std::span<const std::byte> bytes) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < kLengthBytes; ++i)
        length |= std::to_integer<std::size_t>(bytes[i]) << (8 * i);
    return length;
}

/// Sizes of an item's arrays, beside what its value says by itself.
template <typename T>
struct Sized {
    T value;
    std::int64_t tokens = 0;
    std::int64_t rated = 0;
    std::vector<std::int64_t> parts;
};

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<Sized<AnalysisHead>> item) {
    archive.integer("frames", item.value.frames, 0, inference::Analysis::kMaxFrames);
    archive.integers("layers", item.value.layers, static_cast<std::size_t>(kMaxAxis));
    archive.integers("heads", item.value.heads, static_cast<std::size_t>(kMaxAxis));
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<Sized<AttentionWindow>> item) {
    archive.integer("begin", item.value.begin.value, 0, inference::Analysis::kMaxFrames);
    archive.integer("frames", item.value.frames, 1, kMaxWindow);
    archive.integers("parts", item.parts, motion::kBodyPartCount);
    archive.integer("layers", item.value.layers, 0, kMaxAxis);
    archive.integer("heads", item.value.heads, 0, kMaxAxis);
    for (const std::int64_t part : item.parts)
        if (part < 0 || part >= motion::kBodyPartCount)
            archive.fail("parts", "names one that is not there");
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<Sized<SemanticChunk>> item) {
    archive.integer("begin", item.value.begin, 0, inference::Analysis::kMaxFrames);
    archive.integer("frames-per-token", item.value.framesPerToken, 1, kMaxPerToken);
    archive.integer("tokens", item.tokens, 0, inference::Analysis::kMaxFrames);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<Sized<TokenChunk>> item) {
    archive.choice("part", item.value.part, motion::kBodyPartCount);
    archive.integer("begin", item.value.begin, 0, inference::Analysis::kMaxFrames);
    archive.integer("frames-per-token", item.value.framesPerToken, 1, kMaxPerToken);
    archive.integer("layers", item.value.layers, 1, kMaxAxis);
    archive.integer("tokens", item.tokens, 0, inference::Analysis::kMaxFrames);
    archive.integer("rated", item.rated, 0, item.tokens);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<Sized<Note>> item) {
    archive.text("text", item.value.text, kMaxNote);
}

Sized<AnalysisHead> sizedOf(const AnalysisHead& head) { return {head, 0, 0, {}}; }
Sized<Note> sizedOf(const Note& note) { return {note, 0, 0, {}}; }
Sized<SemanticChunk> sizedOf(const SemanticChunk& chunk) {
    return {chunk, static_cast<std::int64_t>(chunk.score.size()), 0, {}};
}
Sized<TokenChunk> sizedOf(const TokenChunk& chunk) {
    const auto layers = static_cast<std::size_t>(std::max(1, chunk.layers));
    return {chunk,
            static_cast<std::int64_t>(chunk.codes.size() / layers),
            static_cast<std::int64_t>(chunk.confidence.size()),
            {}};
}
Sized<AttentionWindow> sizedOf(const AttentionWindow& window) {
    Sized<AttentionWindow> item{window, 0, 0, {}};
    for (const motion::BodyPart part : window.parts)
        item.parts.push_back(static_cast<std::int64_t>(part));
    return item;
}

/// Calls visit(array, number of elements) for each array of an item, in the order of the file.
template <typename Item, typename Visit>
void forEachArray(Item& item, Visit&& visit) {
    using T = std::decay_t<decltype(item.value)>;
    auto& value = item.value;
    const auto tokens = static_cast<std::size_t>(item.tokens);
    const auto rated = static_cast<std::size_t>(item.rated);
    if constexpr (std::is_same_v<T, AttentionWindow>) {
        const auto frames = static_cast<std::size_t>(value.frames);
        visit(value.maps, item.parts.size() * static_cast<std::size_t>(value.layers) *
                              static_cast<std::size_t>(value.heads) * frames * frames);
        visit(value.importance, item.parts.size() * frames);
        visit(value.fused, frames);
    } else if constexpr (std::is_same_v<T, SemanticChunk>) {
        visit(value.score, tokens);
        visit(value.chosen, tokens);
    } else if constexpr (std::is_same_v<T, TokenChunk>) {
        visit(value.codes, tokens * static_cast<std::size_t>(value.layers));
        visit(value.confidence, rated);
        visit(value.entropy, rated);
    }
}

} // namespace

template <typename T>
Result<std::vector<std::byte>> encodeItem(ItemTag tag, const T& value) {
    const Sized<T> item = sizedOf(value);
    JsonWriter writer;
    describe(writer, item);
    const auto text = std::move(writer).finish();
    if (!text) return text.error();
    std::size_t payload = kLengthBytes + text->size();
    bool fits = true;
    forEachArray(item, [&](const auto& values, std::size_t count) {
        fits = fits && values.size() == count;
        payload += count * sizeof(values[0]);
    });
    if (!fits || payload > kMaxItemBytes)
        return Error{ErrorCode::InvalidInput,
                     "The analysis cannot be kept: its arrays do not have the sizes it names."};
    std::vector<std::byte> bytes;
    bytes.reserve(kHeadBytes + payload);
    bytes.push_back(static_cast<std::byte>(tag));
    putLength(bytes, payload);
    putLength(bytes, text->size());
    const auto json = std::as_bytes(std::span(*text));
    bytes.insert(bytes.end(), json.begin(), json.end());
    forEachArray(item, [&](const auto& values, std::size_t) {
        const auto raw = std::as_bytes(std::span(values));
        bytes.insert(bytes.end(), raw.begin(), raw.end());
    });
    return bytes;
}

template <typename T>
Status decodeItem(std::span<const std::byte> payload, T& value) {
    if (payload.size() < kLengthBytes) return wrong();
    const std::size_t json = lengthAt(payload);
    payload = payload.subspan(kLengthBytes);
    if (json > payload.size()) return wrong();
    Sized<T> item{};
    JsonReader reader({reinterpret_cast<const char*>(payload.data()), json});
    if (!reader.failed()) describe(reader, item);
    if (Status read = reader.finish(); !read) return read;
    payload = payload.subspan(json);
    bool fits = true;
    forEachArray(item, [&](auto& values, std::size_t count) {
        fits = fits && count <= payload.size() / sizeof(values[0]);
        if (!fits) return;
        values.resize(count);
        if (count > 0) std::memcpy(values.data(), payload.data(), count * sizeof(values[0]));
        payload = payload.subspan(count * sizeof(values[0]));
    });
    if (!fits || !payload.empty()) return wrong();
    if constexpr (std::is_same_v<T, AttentionWindow>)
        for (const std::int64_t part : item.parts)
            item.value.parts.push_back(static_cast<motion::BodyPart>(part));
    value = std::move(item.value);
    return Status::success();
}

template Result<std::vector<std::byte>> encodeItem(ItemTag, const AnalysisHead&);
template Result<std::vector<std::byte>> encodeItem(ItemTag, const AttentionWindow&);
template Result<std::vector<std::byte>> encodeItem(ItemTag, const SemanticChunk&);
template Result<std::vector<std::byte>> encodeItem(ItemTag, const TokenChunk&);
template Result<std::vector<std::byte>> encodeItem(ItemTag, const Note&);
template Status decodeItem(std::span<const std::byte>, AnalysisHead&);
template Status decodeItem(std::span<const std::byte>, AttentionWindow&);
template Status decodeItem(std::span<const std::byte>, SemanticChunk&);
template Status decodeItem(std::span<const std::byte>, TokenChunk&);
template Status decodeItem(std::span<const std::byte>, Note&);

Status ItemSplitter::take(std::span<const std::byte> bytes, const Visitor& visitor) {
    buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
    std::size_t at = 0;
    while (buffer_.size() - at >= kHeadBytes) {
        const auto rest = std::span<const std::byte>(buffer_).subspan(at);
        const std::size_t length = lengthAt(rest.subspan(1));
        if (length > kMaxItemBytes) return wrong();
        if (rest.size() - kHeadBytes < length) break;
        const auto tag = static_cast<ItemTag>(std::to_integer<std::uint8_t>(rest[0]));
        if (Status taken = visitor(tag, rest.subspan(kHeadBytes, length)); !taken) return taken;
        at += kHeadBytes + length;
    }
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(at));
    return Status::success();
}

} // namespace gesture::project
