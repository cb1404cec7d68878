// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace gesture {

/// Why an operation failed. The CLI maps a code to its exit status (see `exitStatus`).
enum class ErrorCode {
    InvalidInput,  ///< A file or value is damaged, out of range, or of the wrong kind.
    NotFound,      ///< A file, key or name does not exist.
    Io,            ///< The system refused to read or write (permissions, full disk, …).
    LimitExceeded, ///< The input is larger than this program accepts.
    OutOfMemory,   ///< Memory or device memory ran out.
    Unavailable,   ///< A needed part is missing: OpenGL, ffmpeg, the engine, a device, a model.
    Usage,         ///< The caller asked for something that makes no sense.
    Cancelled,     ///< The user stopped the work.
    Internal,      ///< A bug or an unexpected state.
};

/// A failure in words for people: what failed, on what, and what to do.
/// Value type, any thread.
class Error {
public:
    Error(ErrorCode code, std::string message)
        : code_(code)
        , message_(std::move(message)) {}

    [[nodiscard]] ErrorCode code() const { return code_; }

    /// One sentence (or a few); context that was added on the way up stands in front, "context: ".
    [[nodiscard]] const std::string& message() const { return message_; }

    /// Returns the error with `context` in front, e.g. the name of the file being read.
    [[nodiscard]] Error withContext(std::string_view context) && {
        message_ = std::string(context) + ": " + message_;
        return std::move(*this);
    }

private:
    ErrorCode code_;
    std::string message_;
};

/// Process exit status for a failure: 1 failed, 2 usage, 3 cancelled, 4 a needed part is missing.
[[nodiscard]] constexpr int exitStatus(ErrorCode code) {
    switch (code) {
    case ErrorCode::Usage:
        return 2;
    case ErrorCode::Cancelled:
        return 3;
    case ErrorCode::Unavailable:
        return 4;
    case ErrorCode::InvalidInput:
    case ErrorCode::NotFound:
    case ErrorCode::Io:
    case ErrorCode::LimitExceeded:
    case ErrorCode::OutOfMemory:
    case ErrorCode::Internal:
        return 1;
    }
    return 1;
}

} // namespace gesture
