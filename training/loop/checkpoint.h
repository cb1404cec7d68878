// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/weights/safetensors.h"
#include "training/loop/loss_scale.h"
#include "training/loop/stage.h"
#include "training/protocol/run_files.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gesture::training {

/// What training has to remember beside tensors. Value type.
struct TrainingState {
    std::int64_t step = 0; ///< Steps that are done.
    double seconds = 0.0;  ///< Of training so far.
    std::uint64_t seed = 0;
    LossScale lossScale;
    std::optional<double> best; ///< Lowest of the stage's selecting figure.
    std::string stage;
    std::string dataKey;
    std::string config;       ///< The complete configuration as YAML.
    std::string configFolder; ///< What its relative paths are relative to.

    bool operator==(const TrainingState&) const = default;
};

/// A checkpoint as its note (a small JSON file beside the tensors) has it.
struct CheckpointEntry {
    std::int64_t step = 0;
    bool best = false;
    std::optional<double> figure;  ///< Of the selection, where it was measured at this step.
    std::filesystem::path tensors; ///< The safetensors file.
    std::filesystem::path note;
    std::string sha256;
    std::uint64_t bytes = 0;
};

/// A checkpoint that is whole: its hash was compared.
struct OpenCheckpoint {
    CheckpointEntry entry;
    TrainingState state;
    io::SafetensorsReader file;
};

/// The checkpoints of a run: `step-000001200.safetensors` with everything, and
/// `step-000001200.json`, which is written last and makes it count. A checkpoint is on the disk,
/// with its folder, and has been read back before an older one goes. One thread, one process.
class CheckpointFolder {
public:
    explicit CheckpointFolder(std::filesystem::path folder);

    [[nodiscard]] const std::filesystem::path& path() const { return folder_; }
    /// Newest first: those that have a note that can be read.
    [[nodiscard]] std::vector<CheckpointEntry> entries() const;

    /// The newest that is whole; nothing when there is none. `passedOver` gets a sentence for each
    /// newer one that is damaged.
    [[nodiscard]] std::optional<OpenCheckpoint> newest(std::vector<std::string>& passedOver) const;

    struct Mark {
        bool best = false;
        std::optional<double> figure;
    };
    /// Writes one more. Io (full disk, …): everything is as it was before.
    [[nodiscard]] Result<CheckpointEntry> write(const TrainingState& state,
                                                std::span<const NamedTensor> tensors, Mark mark);
    /// Deletes all but the newest `count` and the best of those that are left.
    void prune(std::int64_t count);
    /// Deletes those behind a step, from which training goes on, and what writes that were killed
    /// left behind.
    void dropAfter(std::int64_t step);

private:
    std::filesystem::path folder_;
};

/// Opens one checkpoint by its file of tensors or its note, and compares the hash. NotFound, Io,
/// InvalidInput in words.
[[nodiscard]] Result<OpenCheckpoint> openCheckpoint(const std::filesystem::path& file);

/// The checkpoint that a person means by a run's folder (the newest whole one), a folder of
/// checkpoints, or one of their files.
[[nodiscard]] Result<OpenCheckpoint> findCheckpoint(const std::filesystem::path& path);

} // namespace gesture::training
