// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/edit_mask.h"
#include "core/motion/skeleton.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace gesture::app {

/// Lanes between ruler and whole clip, in their first order. A take's lane is a row of the content.
enum class LaneId : std::uint8_t {
    Speech,
    Words,
    Semantic,
    Attention,
    Importance,
    Difference, ///< Of takes A and B; shown when there is a B.
    Face,
    Upper,
    Hands,
    Lower,
    Take1,
    Take2,
    Take3,
    Take4,
    Take5,
    Take6,
    Take7,
    Take8,
};
inline constexpr int kLaneCount = 18;
inline constexpr int kMostTakes = 8;

/// Some of the lanes. Value type.
class LaneSet {
public:
    constexpr LaneSet() = default;
    constexpr LaneSet(std::initializer_list<LaneId> lanes) {
        for (const LaneId lane : lanes) {
            set(lane);
        }
    }

    [[nodiscard]] constexpr bool has(LaneId lane) const { return (bits_ & bit(lane)) != 0; }
    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
    constexpr void set(LaneId lane, bool on = true) {
        bits_ = on ? bits_ | bit(lane) : bits_ & ~bit(lane);
    }
    constexpr void toggle(LaneId lane) { bits_ ^= bit(lane); }
    constexpr void unite(const LaneSet& other) { bits_ |= other.bits_; }
    /// One bit a lane, for settings.
    [[nodiscard]] constexpr std::uint32_t bits() const { return bits_; }
    [[nodiscard]] static constexpr LaneSet fromBits(std::uint32_t bits) {
        LaneSet set;
        set.bits_ = bits & ((std::uint32_t{1} << kLaneCount) - 1);
        return set;
    }

    bool operator==(const LaneSet&) const = default;

private:
    [[nodiscard]] static constexpr std::uint32_t bit(LaneId lane) {
        return std::uint32_t{1} << static_cast<unsigned>(lane);
    }

    std::uint32_t bits_ = 0;
};

/// The part whose mask a lane shows.
[[nodiscard]] constexpr std::optional<motion::BodyPart> partOf(LaneId lane) {
    if (lane < LaneId::Face || lane > LaneId::Lower) return std::nullopt;
    return static_cast<motion::BodyPart>(static_cast<int>(lane) - static_cast<int>(LaneId::Face));
}
[[nodiscard]] constexpr LaneId laneOf(motion::BodyPart part) {
    return static_cast<LaneId>(static_cast<int>(LaneId::Face) + static_cast<int>(part));
}

/// Row of the content's takes that a lane shows.
[[nodiscard]] constexpr std::optional<std::size_t> takeOf(LaneId lane) {
    if (lane < LaneId::Take1) return std::nullopt;
    return static_cast<std::size_t>(lane) - static_cast<std::size_t>(LaneId::Take1);
}
/// `row` is less than `kMostTakes`.
[[nodiscard]] constexpr LaneId laneOfTake(std::size_t row) {
    return static_cast<LaneId>(static_cast<std::size_t>(LaneId::Take1) + row);
}

inline constexpr motion::BodyPart kBodyParts[] = {motion::BodyPart::Face, motion::BodyPart::Upper,
                                                  motion::BodyPart::Hands, motion::BodyPart::Lower};

/// The parts whose masks are among the lanes.
[[nodiscard]] inline inference::PartSet partsOf(const LaneSet& lanes) {
    inference::PartSet parts;
    for (const motion::BodyPart part : kBodyParts) {
        parts[part] = lanes.has(laneOf(part));
    }
    return parts;
}
[[nodiscard]] inline LaneSet lanesOf(const inference::PartSet& parts) {
    LaneSet lanes;
    for (const motion::BodyPart part : kBodyParts) {
        lanes.set(laneOf(part), parts[part]);
    }
    return lanes;
}

/// Every lane in its first order.
[[nodiscard]] std::vector<LaneId> firstLaneOrder();

} // namespace gesture::app
