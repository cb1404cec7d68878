// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/assert.h"
#include "core/base/error.h"

#include <optional>
#include <utility>
#include <variant>

namespace gesture {

/// A value, or the Error that says why there is none. GCC 12 has no std::expected; this is the part
/// of it that the project uses. Reading the wrong side is a broken invariant and asserts.
template <typename T>
class [[nodiscard]] Result {
public:
    using Value = T;

    Result(T value)
        : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error)
        : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] const T& value() const& { return check(), *std::get_if<0>(&state_); }
    [[nodiscard]] T& value() & { return check(), *std::get_if<0>(&state_); }
    [[nodiscard]] T&& value() && { return check(), std::move(*std::get_if<0>(&state_)); }

    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    [[nodiscard]] const Error& error() const& {
        GESTURE_ASSERT(state_.index() == 1);
        return *std::get_if<1>(&state_);
    }
    [[nodiscard]] Error&& error() && {
        GESTURE_ASSERT(state_.index() == 1);
        return std::move(*std::get_if<1>(&state_));
    }

private:
    void check() const { GESTURE_ASSERT(ok()); }

    std::variant<T, Error> state_;
};

/// Success, or the Error that says why not. `return Status::success();`
class [[nodiscard]] Status {
public:
    Status(Error error)
        : error_(std::move(error)) {}

    [[nodiscard]] static Status success() { return {}; }

    [[nodiscard]] bool ok() const { return !error_.has_value(); }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] const Error& error() const& {
        GESTURE_ASSERT(!ok());
        return *error_;
    }
    [[nodiscard]] Error&& error() && {
        GESTURE_ASSERT(!ok());
        return std::move(*error_);
    }

private:
    Status() = default;

    std::optional<Error> error_;
};

} // namespace gesture
