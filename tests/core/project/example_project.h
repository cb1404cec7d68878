// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/project.h"

#include <string>

namespace gesture::test {

inline constexpr std::int64_t kExampleFrames = 300;

/// A state in which every field differs from its default. Its contents need not exist.
[[nodiscard]] project::ProjectState exampleState();

/// A hash that depends on the text.
[[nodiscard]] project::ContentHash hashFor(const std::string& text);

/// A take with a motion of that name.
[[nodiscard]] project::Take exampleTake(const std::string& name);

/// Words one after the other, each of half a second.
[[nodiscard]] audio::Transcript exampleTranscript(int words);

/// Hash of all that the history is about.
[[nodiscard]] std::string hashOfState(const project::Project& project);

/// Runs SQL on a file as a stranger would, without the program.
void runSql(const std::filesystem::path& path, const std::string& sql);
/// The first cell of the first row, as text.
[[nodiscard]] std::string askSql(const std::filesystem::path& path, const std::string& sql);

} // namespace gesture::test
