// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/project.h"

#include <cstdint>
#include <random>

namespace gesture::test {

/// Does things to a project that people do, chosen by a seed: the same seed on the same project,
/// the same edits.
class RandomEdits {
public:
    explicit RandomEdits(std::uint64_t seed)
        : random_(seed) {}

    /// A command that can be carried out on this state; often of a drag.
    [[nodiscard]] project::Command command(const project::ProjectState& state);
    /// A command, an undo or a redo.
    [[nodiscard]] Status step(project::Project& project);

private:
    std::int64_t below(std::int64_t end);
    FrameRange range();
    project::ItemId anyTake(const project::ProjectState& state);
    project::Command maskCommand(const project::ProjectState& state);
    project::Command takeCommand(const project::ProjectState& state);
    project::Command listCommand(const project::ProjectState& state);
    project::Command valueCommand(const project::ProjectState& state);

    std::mt19937_64 random_;
    std::int64_t gesture_ = 0;
};

} // namespace gesture::test
