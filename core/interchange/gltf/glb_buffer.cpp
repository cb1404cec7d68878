// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/gltf/glb_buffer.h"

#include "core/base/assert.h"

#include <limits>
#include <utility>

namespace gesture::interchange {

namespace {

constexpr std::uint32_t kMagic = 0x46546C67; // "glTF"
constexpr std::uint32_t kVersion = 2;
constexpr std::uint32_t kJsonChunk = 0x4E4F534A;
constexpr std::uint32_t kBinaryChunk = 0x004E4942;
constexpr std::uint64_t kHeaderBytes = 12;
constexpr std::uint64_t kChunkHeaderBytes = 8;

std::uint64_t padded(std::uint64_t bytes) { return (bytes + 3) / 4 * 4; }

} // namespace

int GlbBuffer::add(std::uint64_t bytes, Target target, Fill fill) {
    views_.push_back({size_, bytes, target});
    fills_.push_back(std::move(fill));
    size_ += padded(bytes);
    return static_cast<int>(views_.size()) - 1;
}

Status GlbBuffer::write(AtomicFile& file, std::string json, JobControl& control) const {
    json.append(padded(json.size()) - json.size(), ' ');
    const std::uint64_t chunks =
        kChunkHeaderBytes + json.size() + (size_ > 0 ? kChunkHeaderBytes + size_ : 0);
    if (kHeaderBytes + chunks > std::numeric_limits<std::uint32_t>::max())
        return Error{ErrorCode::LimitExceeded,
                     "A .glb file can hold 4 GiB, and this motion needs more. Export a shorter "
                     "range, or a lower frame rate."};
    GlbBytes piece;
    const auto add = [&](std::uint64_t value) { piece.add(static_cast<std::uint32_t>(value)); };
    add(kMagic);
    add(kVersion);
    add(kHeaderBytes + chunks);
    add(json.size());
    add(kJsonChunk);
    piece.addAll(std::as_bytes(std::span(json)));
    if (size_ > 0) {
        add(size_);
        add(kBinaryChunk);
    }
    if (Status written = file.write(piece.bytes()); !written) return written;
    for (std::size_t i = 0; i < fills_.size(); ++i) {
        if (control.stopRequested()) return JobControl::cancelled("Writing glTF");
        control.advanceTo(static_cast<std::int64_t>(i));
        piece.clear();
        fills_[i](piece);
        GESTURE_ASSERT(piece.bytes().size() == views_[i].bytes);
        piece.bytes().resize(padded(views_[i].bytes));
        if (Status written = file.write(piece.bytes()); !written) return written;
    }
    return Status::success();
}

} // namespace gesture::interchange
