// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace gesture::app {

// Configurations as people write them, changed without losing their comments and their order. They
// are read for good by gesture-train alone; what is not understood here is left as it is.

/// The value of a key ("steps") or of a key in a section ("data.store"); nothing when the text does
/// not set it. Quotation marks are taken off.
[[nodiscard]] std::optional<QString> configValue(const QString& yaml, const QString& key);
/// The text with that value; a key that is not there is added.
[[nodiscard]] QString withConfigValue(const QString& yaml, const QString& key,
                                      const QString& value);

/// A line of a comparison.
struct DiffLine {
    enum class Kind { Same, Added, Removed };
    Kind kind = Kind::Same;
    QString text;
    bool operator==(const DiffLine&) const = default;
};
/// How `after` came from `before`, by longest common subsequence; at most 2,000 lines each are
/// compared, what is longer counts as new.
[[nodiscard]] std::vector<DiffLine> diffOf(const QString& before, const QString& after);

/// What gesture-train says of a configuration that is wrong.
struct ConfigFault {
    int line = 0; ///< From 1; 0: of no line.
    QString sentence;
};
[[nodiscard]] ConfigFault faultOf(const QString& sentence);

} // namespace gesture::app
