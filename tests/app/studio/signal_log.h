// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <tuple>
#include <type_traits>
#include <vector>

namespace gesture::test {

/// Every emission of a signal with its values, in order.
template <typename... Values>
class SignalLog {
public:
    using Entry = std::tuple<std::decay_t<Values>...>;

    template <typename Sender>
    SignalLog(const Sender* sender, void (Sender::*signal)(Values...)) {
        QObject::connect(sender, signal, &context_,
                         [this](Values... values) { entries_.emplace_back(values...); });
    }

    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] const Entry& operator[](std::size_t index) const { return entries_[index]; }
    [[nodiscard]] const Entry& last() const { return entries_.back(); }

private:
    std::vector<Entry> entries_;
    QObject context_;
};

template <typename Sender, typename... Values>
SignalLog(const Sender*, void (Sender::*)(Values...)) -> SignalLog<Values...>;

} // namespace gesture::test
