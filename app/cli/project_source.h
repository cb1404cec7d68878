// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/inference/edit_mask.h"
#include "core/inference/generation.h"
#include "core/inference/results.h"
#include "core/inference/take.h"
#include "core/project/motion_blob.h"
#include "core/project/project.h"

#include <filesystem>
#include <string>

namespace gesture::app {

/// Whether a name is a project's by its end.
[[nodiscard]] bool isProjectName(const std::filesystem::path& path);

/// A project that a command reads from or adds to. One thread.
class ProjectSource {
public:
    enum class Access { Read, Write };
    /// Errors as Project::open; Usage when it is to be changed and cannot be.
    [[nodiscard]] static Result<ProjectSource> open(const std::filesystem::path& path,
                                                    Access access);

    [[nodiscard]] project::Project& project() { return project_; }

    /// The take of that name; without a name the chosen one. NotFound lists what there is.
    [[nodiscard]] Result<project::Take> take(const std::string& name) const;
    /// Errors as readMotion.
    [[nodiscard]] Result<project::StoredMotion> motionOf(const project::Take& take);
    /// The sound as a file, with the project's words. Errors as audioFile.
    [[nodiscard]] Result<inference::SpeechSource> speech();

private:
    explicit ProjectSource(project::Project project)
        : project_(std::move(project)) {}

    project::Project project_;
};

/// A motion that a command made, on its way into a project.
struct NewTake {
    const inference::Take& result;
    const inference::RequestSummary& summary;
    std::string provenance; ///< One line of JSON.
    project::Recipe recipe;
    project::StoredMotion motion;
    project::ItemId parent;                    ///< Of an edit.
    const inference::EditMask* mask = nullptr; ///< Of an edit.
};

/// Adds it with what the networks said of it, as the take that is chosen then, and returns it.
/// Errors as Project::perform.
[[nodiscard]] Result<project::Take> addTake(project::Project& project, const NewTake& take,
                                            JobControl& control);

/// Makes a project for speech and its takes. Io when there is a file already; the errors of sounds.
[[nodiscard]] Result<project::Project> createProjectFor(const std::filesystem::path& path,
                                                        const inference::SpeechSource& speech,
                                                        const std::string& wordsSource);

} // namespace gesture::app
