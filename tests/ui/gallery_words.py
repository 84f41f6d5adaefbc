"""What the gallery says: English, some of it in Arabic too, or the pseudo-locale."""

from __future__ import annotations

from stockpile.language import PSEUDO, pseudo

SAMPLES = {
    "Already on record: {weapon}. Open it, or add a suffix.": (
        "مسجل: {weapon}. افتحه أو أضف لاحقة."
    ),
    "Calibre": "العيار",
    "Cannot read: type it": "تعذرت القراءة: اكتبه",
    "Chain of custody": "سلسلة الحيازة",
    "Condition": "الصلاحية",
    "Country of make": "بلد الصنع",
    "Country pilot": "تجربة قطرية",
    "Dashboard": "لوحة المتابعة",
    "Depot clerk": "أمين المستودع",
    "Destroy 12 weapons?": "إتلاف 12 سلاحا؟",
    "Discard": "تجاهل",
    "Engrave": "نقش",
    "Enter weapons": "إدخال الأسلحة",
    "Export": "تصدير",
    "Fast entry": "إدخال سريع",
    "Filter": "تصفية",
    "Goma Central Depot": "مستودع غوما المركزي",
    "Identity": "الهوية",
    "In store": "في المخزن",
    "It counts as marked only when the code on the metal reads back.": (
        "لا يعد موسوما إلا بعد قراءة الرمز على المعدن."
    ),
    "Left side": "الجانب الأيسر",
    "Location": "الموقع",
    "Make": "الصانع",
    "Marked and verified": "تم الوسم والتحقق",
    "Marking": "محطة الوسم",
    "Model": "الطراز",
    "Move": "نقل",
    "National marking": "الوسم الوطني",
    "New weapon": "سلاح جديد",
    "Not marked": "غير موسوم",
    "Offline · 14 to send": "دون اتصال · 14 بانتظار الإرسال",
    "Oversight": "الإشراف",
    "Print label": "طباعة بطاقة",
    "Received from collection point": "استلام من نقطة الجمع",
    "Register": "سجل الأسلحة",
    "Repairable": "قابل للإصلاح",
    "Reports": "التقارير",
    "Right side": "الجانب الأيمن",
    "Save and next": "حفظ والتالي",
    "Scan the mark you just engraved": "امسح الوسم الذي نقشته",
    "Scan the new mark": "امسح الوسم الجديد",
    "Scan weapon": "امسح السلاح",
    "Scanner ready": "الماسح جاهز",
    "Serial number": "الرقم التسلسلي",
    "Serial, marking, make or model": "الرقم التسلسلي أو الوسم أو الصانع أو الطراز",
    "Serviceable": "صالح",
    "Settings": "الإعدادات",
    "Shelf": "الرف",
    "Status": "الحالة",
    "Stock-take": "الجرد",
    "Sync": "المزامنة",
    "Transfers": "عمليات النقل",
    "Unserviceable": "غير صالح",
    "Weapons register": "سجل الأسلحة",
    "Work": "العمل",
    "Year of make": "سنة الصنع",
}


class Speech:
    """What the samples are said in: English, a few Arabic words, or the pseudo-locale."""

    code = "en"


def say(text: str) -> str:
    """Return a sample text in the language of the gallery."""
    if Speech.code == PSEUDO:
        return pseudo(text)
    return SAMPLES.get(text, text) if Speech.code == "ar" else text
