// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace gesture::training {

/// Classes of the speech encoder's phone head: 0 a pause, then 40 phones by name.
inline constexpr int kPhoneClasses = 41;

/// The class of a phone as flite names it ("ah", "AH1" too), or of a pause ("pau", "sil", "_:",
/// ""); nothing for other names.
[[nodiscard]] std::optional<int> phoneClass(std::string_view phone);

} // namespace gesture::training
