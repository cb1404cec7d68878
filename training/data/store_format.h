// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "training/data/speech_streams.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::training {

// The file `store.bin`, little-endian:
//   64 bytes   "GSTSTORE", u32 version, zeros
//   records    one a clip, each beginning at a multiple of 64; its streams as float32 rows, each
//              beginning at a multiple of 64 from the file's begin; zeros between
//   index      what `serializeIndex` writes
//   64 bytes   "GSTINDEX", u32 version, u32 0, u64 begin, bytes and XXH64 of the index, u64 bytes
//              of the file, zeros

/// The file in a store's folder.
inline constexpr std::string_view kStoreFile = "store.bin";
inline constexpr std::uint32_t kStoreVersion = 1;
inline constexpr std::size_t kStoreAlignment = 64; ///< bytes
inline constexpr std::size_t kStoreHeaderBytes = 64;
inline constexpr std::size_t kStoreTrailerBytes = 64;

/// How many rows a stream has in a clip of `frames` frames.
enum class RowRule : std::uint8_t {
    Frames,  ///< One a frame.
    Clip,    ///< One.
    Mel,     ///< 50 a second: frames / 3 * 5, for whole seconds.
    Windows, ///< One a training window.
};
[[nodiscard]] std::int64_t rowsOf(RowRule rule, std::int64_t frames, const WindowRule& windows);

/// What is known of a stream by its name (see `window_store.h`).
struct StreamKind {
    std::string_view name;
    std::int64_t width; ///< 0: any
    RowRule rows;
};
/// All streams that a store may have, in their order in records.
[[nodiscard]] std::span<const StreamKind> streamKinds();
[[nodiscard]] const StreamKind* findStreamKind(std::string_view name);

/// A stream of a store.
struct StoreStream {
    std::string name;
    std::int64_t width = 0;

    bool operator==(const StoreStream&) const = default;
};

/// A clip of a store: its record in the file. The places of its streams follow from it.
struct StoreClip {
    std::string id;
    std::string split;
    std::string source; ///< Identifies content and settings that it was made of.
    std::int64_t frames = 0;
    std::uint64_t offset = 0; ///< Of the record in the file, bytes.
    std::uint64_t bytes = 0;  ///< Of the record, filled up to a multiple of 64.
    std::uint64_t hash = 0;   ///< XXH64 of the record.

    bool operator==(const StoreClip&) const = default;
};

struct StoreIndex {
    std::string key;
    WindowRule windows;
    std::vector<StoreStream> streams; ///< In the order of `streamKinds`.
    std::vector<StoreClip> clips;
};

/// Begin of each stream in a record of so many frames, bytes from the record's begin; the record's
/// size stands last. Nothing when it would exceed 2^62 bytes.
[[nodiscard]] std::optional<std::vector<std::uint64_t>>
recordLayout(const std::vector<StoreStream>& streams, std::int64_t frames,
             const WindowRule& windows);

[[nodiscard]] std::vector<std::byte> storeHeader();
[[nodiscard]] std::vector<std::byte> serializeIndex(const StoreIndex& index);
[[nodiscard]] std::vector<std::byte> storeTrailer(std::uint64_t indexBegin,
                                                  std::span<const std::byte> index);

/// Finds and checks the index of a whole file: every count, name, width and place is held against
/// the file's size; records lie behind each other. `subject` is how messages call the file.
/// InvalidInput: damaged, or of another version; what to do.
[[nodiscard]] Result<StoreIndex> parseStore(std::span<const std::byte> file,
                                            std::string_view subject);

/// A clip as bytes, for the journal; nothing if they are none.
[[nodiscard]] std::vector<std::byte> serializeClip(const StoreClip& clip);
[[nodiscard]] std::optional<StoreClip> parseClip(std::span<const std::byte> bytes);

} // namespace gesture::training
