// SPDX-License-Identifier: Apache-2.0
#include "core/base/half_float.h"

#include <bit>
#include <cmath>
#include <limits>

namespace gesture {

namespace {

constexpr std::uint32_t kHalfInfinity = 0x7c00;
constexpr float kSmallestNormalHalf = 6.103515625e-05F; // 2^-14

} // namespace

float floatFromHalf(std::uint16_t bits) {
    const std::uint32_t sign = (bits & 0x8000U) << 16U;
    const std::uint32_t exponent = (bits >> 10U) & 0x1fU;
    const std::uint32_t mantissa = bits & 0x3ffU;
    if (exponent == 0) {
        const float magnitude = std::ldexp(static_cast<float>(mantissa), -24);
        return sign != 0 ? -magnitude : magnitude;
    }
    constexpr std::uint32_t kRebias = 127 - 15;
    const std::uint32_t wide = exponent == 0x1f ? 0xffU : exponent + kRebias;
    return std::bit_cast<float>(sign | (wide << 23U) | (mantissa << 13U));
}

std::uint16_t halfFromFloat(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const auto sign = static_cast<std::uint16_t>((bits >> 16U) & 0x8000U);
    const float magnitude = std::fabs(value);
    if (std::isnan(value)) return static_cast<std::uint16_t>(sign | 0x7e00U);
    if (magnitude < kSmallestNormalHalf) {
        const auto steps = static_cast<std::uint16_t>(std::nearbyint(std::ldexp(magnitude, 24)));
        return static_cast<std::uint16_t>(sign | steps);
    }
    const std::uint32_t absolute = bits & 0x7fffffffU;
    const std::uint32_t odd = (absolute >> 13U) & 1U;
    const std::uint32_t rounded = absolute + 0xfffU + odd;
    constexpr std::uint32_t kRebias = (127U - 15U) << 10U;
    const std::uint32_t half = (rounded >> 13U) - kRebias;
    return static_cast<std::uint16_t>(sign | (half > kHalfInfinity ? kHalfInfinity : half));
}

} // namespace gesture
