// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/issue_list.h"

namespace gesture::app {

void IssueList::add(const QString& sentence, const QString& place) {
    const QDateTime now = QDateTime::currentDateTime();
    if (!issues_.empty() && issues_.back().sentence == sentence) {
        ++issues_.back().count;
        issues_.back().time = now;
    } else {
        if (issues_.size() == kMost) issues_.erase(issues_.begin());
        issues_.push_back({sentence, place, now, 1});
    }
    Q_EMIT changed();
}

void IssueList::remove(std::size_t index) {
    if (index >= issues_.size()) return;
    issues_.erase(issues_.begin() + static_cast<std::ptrdiff_t>(index));
    Q_EMIT changed();
}

void IssueList::clear() {
    if (issues_.empty()) return;
    issues_.clear();
    Q_EMIT changed();
}

} // namespace gesture::app
