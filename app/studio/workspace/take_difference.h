// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/result_post.h"
#include "app/studio/timeline/timeline_content.h"
#include "core/base/executor.h"
#include "core/base/job.h"
#include "core/motion/clip.h"

#include <QObject>

#include <memory>
#include <stop_token>

namespace gesture::app {

/// How far two motions are apart, of an average adult's joints in the world; as many frames as the
/// shorter one has. Cancelled when stopped.
[[nodiscard]] Result<DifferenceCurves>
differenceBetween(const motion::Clip& a, const motion::Clip& b, JobControl& control);

/// The difference of the takes that are compared, computed beside the GUI thread, in which it
/// lives. Owned by TimelineFeed.
class TakeDifference final : public QObject {
    Q_OBJECT

public:
    /// `executor` must outlive this.
    explicit TakeDifference(Executor& executor, QObject* parent = nullptr);
    ~TakeDifference() override;

    /// Null: nothing is compared. The same two as before: nothing is done.
    void compare(std::shared_ptr<const motion::Clip> a, std::shared_ptr<const motion::Clip> b);
    /// Null while it is not known.
    [[nodiscard]] const std::shared_ptr<const DifferenceCurves>& curves() const { return curves_; }

Q_SIGNALS:
    void found();

private:
    Executor& executor_;
    ResultPost post_{*this};
    std::shared_ptr<const motion::Clip> a_;
    std::shared_ptr<const motion::Clip> b_;
    std::shared_ptr<const DifferenceCurves> curves_;
    std::stop_source stop_;
    int search_ = 0; ///< Older results are thrown away.
};

} // namespace gesture::app
