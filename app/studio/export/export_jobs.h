// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/base/executor.h"
#include "core/base/job.h"
#include "core/interchange/export_plan.h"
#include "core/io/avatar_file.h"
#include "core/motion/clip.h"

#include <QObject>
#include <QStringList>

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace gesture::app {

/// One export: what leaves and where it goes. Value, made on the GUI thread.
struct ExportOrder {
    std::shared_ptr<const motion::Clip> clip; ///< Not null.
    std::shared_ptr<const io::Avatar> avatar; ///< Not null.
    std::vector<float> loudness;              ///< RMS per frame for the mouth; may be empty.
    interchange::ExportRequest request;
    std::string provenance;
};

/// Writes exports on a thread of its own, one after the other. GUI thread; owned by whoever shows
/// them.
class ExportJobs final : public QObject {
    Q_OBJECT

public:
    explicit ExportJobs(QObject* parent = nullptr);
    ~ExportJobs() override;

    /// Empty: the one that ships. `avatarRead` or `failed` follows.
    void readAvatar(const std::filesystem::path& path);
    void start(ExportOrder order);
    [[nodiscard]] bool running() const { return stop_.has_value(); }
    /// What was finished before stays.
    void cancel();

Q_SIGNALS:
    void avatarRead(const std::shared_ptr<const gesture::io::Avatar>& avatar);
    void progressed(const gesture::Progress& progress);
    /// Files in the order in which they were written.
    void finished(const QStringList& files, const QStringList& remarks);
    void failed(const gesture::Error& error);

private:
    std::optional<std::stop_source> stop_;
    ThreadPoolExecutor executor_{1};
};

} // namespace gesture::app
