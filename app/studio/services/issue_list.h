// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QObject>
#include <QString>

#include <vector>

namespace gesture::app {

/// Something that went wrong, as a sentence that says what to do.
struct Issue {
    QString sentence;
    QString place; ///< "Project", "Sound"
    QDateTime time;
    int count = 1; ///< How often in a row.
};

/// What went wrong since the program started, newest last, at most 200. GUI thread.
class IssueList final : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t kMost = 200;

    using QObject::QObject;

    [[nodiscard]] const std::vector<Issue>& issues() const { return issues_; }
    /// The same sentence again is counted.
    void add(const QString& sentence, const QString& place);
    void remove(std::size_t index);
    void clear();

Q_SIGNALS:
    void changed();

private:
    std::vector<Issue> issues_;
};

} // namespace gesture::app
