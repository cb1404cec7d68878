// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>

namespace gesture::project {

/// An immutable value that copies share: a copy of a state costs a pointer for it. Never null;
/// compared by value. Any thread.
template <typename T>
class Shared {
public:
    Shared()
        : value_(std::make_shared<const T>()) {}
    Shared(T value)
        : value_(std::make_shared<const T>(std::move(value))) {}

    [[nodiscard]] const T& operator*() const { return *value_; }
    [[nodiscard]] const T* operator->() const { return value_.get(); }
    /// For a snapshot that a job keeps.
    [[nodiscard]] const std::shared_ptr<const T>& pointer() const { return value_; }

    friend bool operator==(const Shared& a, const Shared& b) {
        return a.value_ == b.value_ || *a.value_ == *b.value_;
    }

private:
    std::shared_ptr<const T> value_;
};

} // namespace gesture::project
