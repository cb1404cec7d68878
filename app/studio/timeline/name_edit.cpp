// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/name_edit.h"

#include <QKeyEvent>
#include <QLineEdit>

#include <algorithm>
#include <utility>

namespace gesture::app {

namespace {

class NameEdit final : public QLineEdit {
public:
    using QLineEdit::QLineEdit;

protected:
    void keyPressEvent(QKeyEvent* event) override {
        event->key() == Qt::Key_Escape ? deleteLater() : QLineEdit::keyPressEvent(event);
    }
    void focusOutEvent(QFocusEvent* event) override {
        QLineEdit::focusOutEvent(event);
        if (event->reason() != Qt::PopupFocusReason) deleteLater();
    }
};

} // namespace

void editName(QWidget& widget, const NameQuestion& question,
              std::function<void(const QString&)> accepted) {
    constexpr int kWidth = 140;
    constexpr int kHeight = 26;
    auto* const edit = new NameEdit(question.text, &widget);
    edit->setAccessibleName(question.what);
    edit->setPlaceholderText(question.what);
    const int left = std::clamp(question.place.center().x() - kWidth / 2, 0,
                                std::max(widget.width() - kWidth, 0));
    const int top = std::clamp(question.place.center().y() - kHeight / 2, 0,
                               std::max(widget.height() - kHeight, 0));
    edit->setGeometry(left, top, kWidth, kHeight);
    edit->selectAll();
    QObject::connect(edit, &QLineEdit::returnPressed, edit,
                     [edit, before = question.text, take = std::move(accepted)] {
                         const QString text = edit->text().trimmed();
                         edit->deleteLater();
                         if (!text.isEmpty() && text != before) take(text);
                     });
    edit->show();
    edit->setFocus();
}

} // namespace gesture::app
