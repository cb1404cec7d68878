// SPDX-License-Identifier: Apache-2.0
#include "core/base/fast_hash.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <vector>

namespace gesture {

namespace {

// The primes of the XXH64 specification.
constexpr std::uint64_t kPrime1 = 0x9E3779B185EBCA87;
constexpr std::uint64_t kPrime2 = 0xC2B2AE3D27D4EB4F;
constexpr std::uint64_t kPrime3 = 0x165667B19E3779F9;
constexpr std::uint64_t kPrime4 = 0x85EBCA77C2B2AE63;
constexpr std::uint64_t kPrime5 = 0x27D4EB2F165667C5;

constexpr std::size_t kFilePiece = std::size_t{1} << 18; ///< Stays in the processor's cache.

static_assert(std::endian::native == std::endian::little);

template <typename Word>
std::uint64_t wordAt(const std::byte* bytes) {
    Word word;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

std::uint64_t mixed(std::uint64_t lane, std::uint64_t word) {
    return std::rotl(lane + word * kPrime2, 31) * kPrime1;
}

std::uint64_t withTail(std::uint64_t hash, std::span<const std::byte> tail) {
    while (tail.size() >= 8) {
        hash =
            std::rotl(hash ^ mixed(0, wordAt<std::uint64_t>(tail.data())), 27) * kPrime1 + kPrime4;
        tail = tail.subspan(8);
    }
    if (tail.size() >= 4) {
        hash = std::rotl(hash ^ (wordAt<std::uint32_t>(tail.data()) * kPrime1), 23) * kPrime2 +
               kPrime3;
        tail = tail.subspan(4);
    }
    for (const std::byte byte : tail)
        hash = std::rotl(hash ^ (std::to_integer<std::uint64_t>(byte) * kPrime5), 11) * kPrime1;
    return hash;
}

} // namespace

void FastHash::consume(const std::byte* stripe) {
    for (std::size_t i = 0; i < lanes_.size(); ++i)
        lanes_[i] = mixed(lanes_[i], wordAt<std::uint64_t>(stripe + 8 * i));
}

void FastHash::update(std::span<const std::byte> bytes) {
    length_ += bytes.size();
    if (filled_ > 0) {
        const std::size_t taken = std::min(kStripe - filled_, bytes.size());
        std::copy_n(bytes.begin(), taken, rest_.begin() + static_cast<std::ptrdiff_t>(filled_));
        filled_ += taken;
        bytes = bytes.subspan(taken);
        if (filled_ < kStripe) return;
        consume(rest_.data());
        filled_ = 0;
    }
    while (bytes.size() >= kStripe) {
        consume(bytes.data());
        bytes = bytes.subspan(kStripe);
    }
    std::copy(bytes.begin(), bytes.end(), rest_.begin());
    filled_ = bytes.size();
}

std::uint64_t FastHash::finish() {
    std::uint64_t hash = kPrime5;
    if (length_ >= kStripe) {
        hash = std::rotl(lanes_[0], 1) + std::rotl(lanes_[1], 7) + std::rotl(lanes_[2], 12) +
               std::rotl(lanes_[3], 18);
        for (const std::uint64_t lane : lanes_)
            hash = (hash ^ mixed(0, lane)) * kPrime1 + kPrime4;
    }
    hash = withTail(hash + length_, std::span(rest_).first(filled_));
    hash = (hash ^ (hash >> 33)) * kPrime2;
    hash = (hash ^ (hash >> 29)) * kPrime3;
    return hash ^ (hash >> 32);
}

std::uint64_t fastHashOf(std::span<const std::byte> bytes) {
    FastHash hash;
    hash.update(bytes);
    return hash.finish();
}

Result<std::uint64_t> fastHashOfFile(const std::filesystem::path& path, JobControl& control) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return Error{errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                     "Cannot open '" + path.string() + "': " + std::strerror(errno) + "."};
    FastHash hash;
    std::vector<std::byte> piece(kFilePiece);
    ssize_t count = 0;
    while ((count = ::read(descriptor, piece.data(), piece.size())) != 0) {
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 || control.stopRequested()) break;
        hash.update(std::span(piece).first(static_cast<std::size_t>(count)));
    }
    const int code = errno;
    ::close(descriptor);
    if (count > 0) return JobControl::cancelled("Reading '" + path.string() + "'");
    if (count < 0)
        return Error{ErrorCode::Io,
                     "Cannot read '" + path.string() + "': " + std::strerror(code) + "."};
    return hash.finish();
}

} // namespace gesture
