"""A few comments for the sample office, so that whoever tries it finds something to read and something to decide."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from kentongan.comments.comments import Comments
from kentongan.comments.tables import Comment, Source, State

THREAD, OFFICE = "articles/pelatihan-pembukuan-digital-desember", "Kentongan"
_TOLD = (
    ("Bu Ratmi", "Laptop kami cuma satu untuk berdua. Apakah yang satu lagi boleh meminjam?", 52),
    ("Pak Slamet", "Terima kasih, **jelas sekali**. Pengumumannya sudah kami cetak untuk rapat besok.", 30),
)
_WAITING = (
    ("Nur Hidayah", "Terima kasih, bahannya bisa diunduh di mana ya?", 9, ""),
    ("Wahyu", "Kalau simpan pinjam kecil seperti punya kami, apa boleh ikut juga? Anggota kami cuma 24 orang.", 5, ""),
    ("Rejeki88", "Mau cepat kaya? Slot gacor maxwin, klik https://rejeki88.example sekarang!!!", 3, "words"),
)


def sow(comments: Comments) -> None:
    """Puts comments on one article into a database that has none; the office answers one of them."""
    now = comments.clock().replace(microsecond=0)
    with comments.database.session() as session:
        if session.scalar(select(func.count()).select_from(Comment)):
            return
        shown = [_comment(name, text, State.APPROVED, now - timedelta(hours=hours)) for name, text, hours in _TOLD]
        session.add_all(shown)
        session.flush()
        answer = _comment(
            OFFICE, "Boleh, Bu. Ada delapan laptop pinjaman; sebutkan saja waktu mendaftar.", State.APPROVED, now
        )
        answer.parent_id, answer.source, answer.made = shown[0].id, Source.OFFICE, now - timedelta(hours=50)
        session.add(answer)
        for name, text, hours, reasons in _WAITING:
            state = State.SPAM if reasons else State.PENDING
            comment = _comment(name, text, state, now - timedelta(hours=hours))
            comment.reasons = reasons
            session.add(comment)


def _comment(name: str, text: str, state: State, made: datetime) -> Comment:
    return Comment(thread=THREAD, name=name, text=text, state=state, made=made, source=Source.FORM)
