// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <functional>
#include <memory>
#include <mutex>

namespace gesture::app {

/// Brings what a worker found to an object of the GUI thread, as long as that object lives. Made
/// and owned by the object; copies of `address()` go into tasks.
class ResultPost {
public:
    /// Where to send to; any thread.
    class Address {
    public:
        /// Runs `deliver` on the receiver's thread (at once when this is that thread), or never
        /// when the receiver is gone.
        void send(std::function<void()> deliver) const;

    private:
        friend class ResultPost;
        struct State {
            std::mutex mutex;
            QObject* receiver = nullptr;
        };
        std::shared_ptr<State> state_ = std::make_shared<State>();
    };

    explicit ResultPost(QObject& receiver);
    ResultPost(const ResultPost&) = delete;
    ResultPost& operator=(const ResultPost&) = delete;
    ~ResultPost();

    [[nodiscard]] const Address& address() const { return address_; }

private:
    Address address_;
};

} // namespace gesture::app
