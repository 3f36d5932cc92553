-- AlterEnum
ALTER TYPE "export_format" ADD VALUE 'JSON';

-- AlterEnum
ALTER TYPE "export_kind" ADD VALUE 'LEAD';
