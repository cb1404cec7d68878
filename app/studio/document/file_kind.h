// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <filesystem>
#include <optional>

namespace gesture::app {

/// What a file is by its name; the content is checked when it is read.
enum class FileKind { Motion, Audio, Words, Project, Unknown };
[[nodiscard]] FileKind fileKindOf(const std::filesystem::path& path);

/// Patterns for file dialogs: "*.npz", "*.wav", …
[[nodiscard]] QStringList motionPatterns();
[[nodiscard]] QStringList audioPatterns();
[[nodiscard]] QStringList wordsPatterns();
[[nodiscard]] QStringList projectPatterns();

/// "Gesture Studio cannot read .xyz files."
[[nodiscard]] QString unreadableSentence(const std::filesystem::path& path);

/// The sound that stands beside a motion `X.npz`: X.wav, X_test.wav, X.flac, …
[[nodiscard]] std::optional<std::filesystem::path> soundBeside(const std::filesystem::path& motion);

} // namespace gesture::app
