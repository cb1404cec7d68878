// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "training/loop/append_file.h"
#include "training/protocol/training_event.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace gesture::training {

/// CRC-32C (Castagnoli) of bytes.
[[nodiscard]] std::uint32_t crc32c(std::string_view bytes);

/// One record of TensorBoard's event files (TFRecord): length, its masked CRC, the bytes, their
/// masked CRC.
[[nodiscard]] std::string eventRecord(std::string_view bytes);
/// The first record of a file: `tensorflow.Event` with file_version "brain.Event:2".
[[nodiscard]] std::string versionEvent(double time);
/// `tensorflow.Event` with a Summary of simple values.
[[nodiscard]] std::string scalarEvent(double time, std::int64_t step, const NamedFigures& figures);

/// The part of an event file up to the first record that is damaged, cut off, or of a step behind
/// `lastStep`; the writer is not trusted.
[[nodiscard]] std::string_view eventsUntil(std::string_view file, std::int64_t lastStep);

/// Curves for TensorBoard: `events.out.tfevents.…` in a folder. One thread.
class EventFile {
public:
    /// Goes on with the folder's event file behind `lastStep`, or begins one. Io.
    [[nodiscard]] static Result<EventFile> open(const std::filesystem::path& folder,
                                                std::int64_t lastStep, double time);

    [[nodiscard]] Status write(double time, std::int64_t step, const NamedFigures& figures);

private:
    explicit EventFile(AppendFile file)
        : file_(std::move(file)) {}

    AppendFile file_;
};

} // namespace gesture::training
