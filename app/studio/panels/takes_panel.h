// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/panels/panel_frame.h"
#include "app/studio/session/take_badge.h"
#include "core/project/project_state.h"

#include <QAbstractListModel>
#include <QListView>
#include <QStyledItemDelegate>

#include <vector>

class QMenu;

namespace gesture::app {

/// A row of the list. Value type.
struct TakeEntry {
    project::ItemId id;
    QString name;
    QString recipe; ///< "seed 7 · 0.60 · hands redone"
    TakeBadge badge = TakeBadge::None;
    bool starred = false;
    bool outOfDate = false;
    bool deleted = false; ///< Shown only when people want to see these.
    double progress = -1; ///< 0..1 while it is made; negative: done.

    bool operator==(const TakeEntry&) const = default;
};

/// The takes of a project: choose A and B, rename, star, delete. Tells what the user wants; the
/// rows come back changed. GUI thread.
class TakesPanel final : public PanelFrame {
    Q_OBJECT

public:
    TakesPanel(const Theme& theme, QWidget* parent = nullptr);
    ~TakesPanel() override;

    void setRows(const std::vector<TakeEntry>& rows);
    void setTheme(const Theme& theme) override;
    /// Why no takes can be generated; empty: they can be.
    void setObstacle(const QString& reason);

Q_SIGNALS:
    void chosen(gesture::project::ItemId take, gesture::app::TakeBadge as);
    void renamed(gesture::project::ItemId take, const QString& name);
    void starred(gesture::project::ItemId take, bool on);
    /// Parts of this take are to be put into take A.
    void mergeRequested(gesture::project::ItemId take, const gesture::inference::PartSet& parts);
    void duplicateRequested(gesture::project::ItemId take);
    void exportRequested(gesture::project::ItemId take);
    void deleteRequested(gesture::project::ItemId take);
    void restoreRequested(gesture::project::ItemId take);
    void newTakesRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    class Model;
    class Painter;

    void showRows();
    void press(const QPoint& place);
    void showMenu(const QPoint& place);
    void addMerging(QMenu& menu, project::ItemId take);
    [[nodiscard]] project::ItemId current() const;

    std::vector<TakeEntry> rows_; ///< Deleted ones too.
    Model* model_;
    Painter* painter_;
    QListView* list_;
    QLabel* empty_;
    QToolButton* add_;
    QToolButton* showDeleted_;
};

} // namespace gesture::app

Q_DECLARE_METATYPE(gesture::project::ItemId)
Q_DECLARE_METATYPE(gesture::app::TakeBadge)
