// SPDX-License-Identifier: Apache-2.0
#include "training/data/store_format.h"

#include "core/base/fast_hash.h"
#include "core/io/byte_order.h"
#include "training/data/window_store.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fmt/format.h>
#include <set>

namespace gesture::training {

namespace {

using Bytes = std::span<const std::byte>;

constexpr std::string_view kHeaderMark = "GSTSTORE";
constexpr std::string_view kTrailerMark = "GSTINDEX";
constexpr std::uint32_t kMaxTextBytes = 4096;
constexpr std::int64_t kMaxFrames = std::int64_t{1} << 30;
constexpr std::int64_t kMaxWidth = std::int64_t{1} << 16;
constexpr std::uint64_t kMaxRecordBytes = std::uint64_t{1} << 62;
constexpr std::size_t kSmallestClipBytes = 3 * 4 + 4 * 8;
constexpr std::int64_t kSpeechWidth = 0; ///< Any.

constexpr std::array<StreamKind, 16> kKinds{{
    {stream::kMotion, 337, RowRule::Frames},
    {stream::kExpressions, 100, RowRule::Frames},
    {stream::kBetas, 300, RowRule::Clip},
    {stream::kSpeaker, 1, RowRule::Clip},
    {stream::kBeat, 3, RowRule::Frames},
    {stream::kSpeech, kSpeechWidth, RowRule::Frames},
    {stream::kSpeechLow, kSpeechWidth, RowRule::Frames},
    {stream::kWords, 1, RowRule::Frames},
    {stream::kScore, 1, RowRule::Frames},
    {stream::kSentence, 0, RowRule::Windows},
    {stream::kMel, 80, RowRule::Mel},
    {stream::kPhone, 1, RowRule::Mel},
    {stream::kStress, 1, RowRule::Mel},
    {stream::kApex, 1, RowRule::Mel},
    {stream::kLexicon, 1, RowRule::Mel},
    {stream::kStroke, 1, RowRule::Frames},
}};

void appendText(std::vector<std::byte>& bytes, std::string_view text) {
    io::appendLittle(bytes, static_cast<std::uint32_t>(text.size()));
    const Bytes raw = std::as_bytes(std::span(text));
    bytes.insert(bytes.end(), raw.begin(), raw.end());
}

/// Takes numbers and texts off bytes; once something is missing all that follows is empty.
class ByteReader {
public:
    explicit ByteReader(Bytes bytes)
        : rest_(bytes) {}

    template <typename T>
    T number() {
        if (rest_.size() < sizeof(T)) {
            good_ = false;
            return 0;
        }
        const T value = io::littleAt<T>(rest_, 0);
        rest_ = rest_.subspan(sizeof(T));
        return value;
    }
    std::int64_t count(std::int64_t highest) {
        const auto value = number<std::uint64_t>();
        if (value > static_cast<std::uint64_t>(highest)) good_ = false;
        return good_ ? static_cast<std::int64_t>(value) : 0;
    }
    std::string text() {
        const auto size = number<std::uint32_t>();
        if (size > kMaxTextBytes || size > rest_.size()) good_ = false;
        if (!good_) return {};
        std::string text(size, '\0');
        if (size > 0) std::memcpy(text.data(), rest_.data(), size);
        rest_ = rest_.subspan(size);
        return text;
    }
    void refuse() { good_ = false; }
    [[nodiscard]] std::size_t left() const { return rest_.size(); }
    [[nodiscard]] bool good() const { return good_; }

private:
    Bytes rest_;
    bool good_ = true;
};

void appendClip(std::vector<std::byte>& bytes, const StoreClip& clip) {
    appendText(bytes, clip.id);
    appendText(bytes, clip.split);
    appendText(bytes, clip.source);
    for (const std::uint64_t number :
         {static_cast<std::uint64_t>(clip.frames), clip.offset, clip.bytes, clip.hash})
        io::appendLittle(bytes, number);
}

StoreClip takeClip(ByteReader& reader) {
    StoreClip clip;
    clip.id = reader.text();
    clip.split = reader.text();
    clip.source = reader.text();
    clip.frames = reader.count(kMaxFrames);
    clip.offset = reader.number<std::uint64_t>();
    clip.bytes = reader.number<std::uint64_t>();
    clip.hash = reader.number<std::uint64_t>();
    return clip;
}

std::vector<StoreStream> takeStreams(ByteReader& reader) {
    std::vector<StoreStream> streams;
    const auto count = reader.number<std::uint32_t>();
    if (count > kKinds.size()) reader.refuse();
    const StreamKind* last = nullptr;
    for (std::uint32_t i = 0; i < count && reader.good(); ++i) {
        StoreStream stream{reader.text(), reader.count(kMaxWidth)};
        const StreamKind* kind = findStreamKind(stream.name);
        if (kind == nullptr || (last != nullptr && kind <= last) || stream.width < 1 ||
            (kind->width != 0 && kind->width != stream.width))
            reader.refuse();
        last = kind;
        streams.push_back(std::move(stream));
    }
    return streams;
}

/// Whether the records lie behind each other from the header to the index.
bool recordsFit(const StoreIndex& index, std::uint64_t end) {
    std::uint64_t next = kStoreHeaderBytes;
    std::set<std::string_view> ids;
    for (const StoreClip& clip : index.clips) {
        const auto layout = recordLayout(index.streams, clip.frames, index.windows);
        if (!layout || clip.offset != next || clip.bytes != layout->back()) return false;
        if (clip.bytes > end - next || !ids.insert(clip.id).second) return false;
        next += clip.bytes;
    }
    return next == end;
}

struct Trailer {
    std::uint64_t begin = 0;
    std::uint64_t bytes = 0;
    std::uint64_t hash = 0;
};

bool hasMark(Bytes bytes, std::string_view mark) {
    return std::memcmp(bytes.data(), mark.data(), mark.size()) == 0;
}

std::uint32_t versionOf(Bytes bytes) { return io::littleAt<std::uint32_t>(bytes, 8); }

/// Where the index lies, if the file is whole.
std::optional<Trailer> trailerOf(Bytes file) {
    const Bytes end = file.last(kStoreTrailerBytes);
    const Trailer trailer{io::littleAt<std::uint64_t>(end, 16),
                          io::littleAt<std::uint64_t>(end, 24),
                          io::littleAt<std::uint64_t>(end, 32)};
    const std::uint64_t before = file.size() - kStoreTrailerBytes;
    if (!hasMark(end, kTrailerMark) || versionOf(end) != kStoreVersion) return std::nullopt;
    if (io::littleAt<std::uint64_t>(end, 40) != file.size()) return std::nullopt;
    if (trailer.begin < kStoreHeaderBytes || trailer.begin > before ||
        trailer.bytes != before - trailer.begin)
        return std::nullopt;
    return trailer;
}

} // namespace

std::int64_t rowsOf(RowRule rule, std::int64_t frames, const WindowRule& windows) {
    switch (rule) {
    case RowRule::Frames:
        return frames;
    case RowRule::Clip:
        return 1;
    case RowRule::Mel:
        return frames / 3 * 5;
    case RowRule::Windows:
        return windows.countIn(frames);
    }
    return 0;
}

std::span<const StreamKind> streamKinds() { return kKinds; }

const StreamKind* findStreamKind(std::string_view name) {
    const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                    [&](const StreamKind& kind) { return kind.name == name; });
    return found == kKinds.end() ? nullptr : &*found;
}

std::optional<std::vector<std::uint64_t>> recordLayout(const std::vector<StoreStream>& streams,
                                                       std::int64_t frames,
                                                       const WindowRule& windows) {
    std::vector<std::uint64_t> places;
    std::uint64_t next = 0;
    for (const StoreStream& stream : streams) {
        places.push_back(next);
        const auto rows =
            static_cast<std::uint64_t>(rowsOf(findStreamKind(stream.name)->rows, frames, windows));
        std::uint64_t bytes = 0;
        if (__builtin_mul_overflow(rows, sizeof(float) * static_cast<std::uint64_t>(stream.width),
                                   &bytes) ||
            bytes > kMaxRecordBytes - next)
            return std::nullopt;
        next += bytes;
        next = (next + kStoreAlignment - 1) / kStoreAlignment * kStoreAlignment;
    }
    places.push_back(next);
    return places;
}

std::vector<std::byte> storeHeader() {
    std::vector<std::byte> bytes;
    const Bytes mark = std::as_bytes(std::span(kHeaderMark));
    bytes.insert(bytes.end(), mark.begin(), mark.end());
    io::appendLittle(bytes, kStoreVersion);
    bytes.resize(kStoreHeaderBytes);
    return bytes;
}

std::vector<std::byte> serializeIndex(const StoreIndex& index) {
    std::vector<std::byte> bytes;
    appendText(bytes, index.key);
    io::appendLittle(bytes, static_cast<std::uint64_t>(index.windows.length));
    io::appendLittle(bytes, static_cast<std::uint64_t>(index.windows.stride));
    io::appendLittle(bytes, static_cast<std::uint32_t>(index.streams.size()));
    for (const StoreStream& stream : index.streams) {
        appendText(bytes, stream.name);
        io::appendLittle(bytes, static_cast<std::uint64_t>(stream.width));
    }
    io::appendLittle(bytes, static_cast<std::uint64_t>(index.clips.size()));
    for (const StoreClip& clip : index.clips)
        appendClip(bytes, clip);
    return bytes;
}

std::vector<std::byte> storeTrailer(std::uint64_t indexBegin, Bytes index) {
    std::vector<std::byte> bytes;
    const Bytes mark = std::as_bytes(std::span(kTrailerMark));
    bytes.insert(bytes.end(), mark.begin(), mark.end());
    io::appendLittle(bytes, kStoreVersion);
    io::appendLittle(bytes, std::uint32_t{0});
    io::appendLittle(bytes, indexBegin);
    io::appendLittle(bytes, static_cast<std::uint64_t>(index.size()));
    io::appendLittle(bytes, fastHashOf(index));
    io::appendLittle(bytes, indexBegin + index.size() + kStoreTrailerBytes);
    bytes.resize(kStoreTrailerBytes);
    return bytes;
}

Result<StoreIndex> parseStore(Bytes file, std::string_view subject) {
    const auto damaged = [&](std::string_view what) {
        return Error{ErrorCode::InvalidInput,
                     fmt::format("{} is damaged: {}. Delete the folder and prepare the corpus "
                                 "again.",
                                 subject, what)};
    };
    if (file.size() < kStoreHeaderBytes + kStoreTrailerBytes || !hasMark(file, kHeaderMark))
        return Error{
            ErrorCode::InvalidInput,
            fmt::format("{} is no prepared corpus. Make one by 'gesture-train prepare'.", subject)};
    if (versionOf(file) != kStoreVersion)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("{} was written by another version of this program. Prepare the "
                                 "corpus again.",
                                 subject)};
    const auto trailer = trailerOf(file);
    if (!trailer) return damaged("its end is missing or wrong");
    const Bytes bytes = file.subspan(trailer->begin, trailer->bytes);
    if (fastHashOf(bytes) != trailer->hash) return damaged("the checksum of its index is wrong");
    ByteReader reader(bytes);
    StoreIndex index;
    index.key = reader.text();
    index.windows.length = reader.count(kMaxFrames);
    index.windows.stride = reader.count(kMaxFrames);
    index.streams = takeStreams(reader);
    const auto clips = reader.number<std::uint64_t>();
    if (!reader.good() || index.windows.length < 1 || index.windows.stride < 1 ||
        clips > reader.left() / kSmallestClipBytes)
        return damaged("its index makes no sense");
    index.clips.reserve(clips);
    for (std::uint64_t i = 0; i < clips && reader.good(); ++i)
        index.clips.push_back(takeClip(reader));
    if (!reader.good() || reader.left() != 0 || !recordsFit(index, trailer->begin))
        return damaged("its index does not fit its size");
    return index;
}

std::vector<std::byte> serializeClip(const StoreClip& clip) {
    std::vector<std::byte> bytes;
    appendClip(bytes, clip);
    return bytes;
}

std::optional<StoreClip> parseClip(Bytes bytes) {
    ByteReader reader(bytes);
    StoreClip clip = takeClip(reader);
    if (!reader.good() || reader.left() != 0) return std::nullopt;
    return clip;
}

} // namespace gesture::training
