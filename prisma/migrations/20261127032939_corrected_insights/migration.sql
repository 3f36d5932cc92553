-- AlterTable
ALTER TABLE "insight" ADD COLUMN     "corrected_by" TEXT,
ADD COLUMN     "drawn_lead_score" "lead_score",
ADD COLUMN     "removed_signals" "conversion_signal"[] DEFAULT ARRAY[]::"conversion_signal"[];
